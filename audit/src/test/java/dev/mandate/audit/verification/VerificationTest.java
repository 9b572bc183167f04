package dev.mandate.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mandate.audit.Tampering;
import dev.mandate.audit.TestResolutions;
import dev.mandate.audit.World;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.journal.TestCalls;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.quarantine.QuarantineWriter;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {

    private static final Duration PAST_EVERYTHING = Duration.ofMinutes(20);

    @TempDir
    private static Path directory;

    private static World first;

    private World world;

    @BeforeAll
    static void makeKeys() {
        first = new World(directory);
    }

    @BeforeEach
    void emptyLog() {
        world = first.again();
    }

    @Test
    void everything_holds_in_a_world_where_nothing_goes_wrong() {
        // Given
        for (int i = 0; i < 20; i++) {
            world.done(world.blocking("auth0|" + i));
        }
        ReceivedCommand denied = world.send(world.blocking("auth0|21"));
        world.journal(
                denied,
                world.outcome(
                        denied,
                        OutcomeStatus.DENIED,
                        0,
                        Optional.of(world.decide(
                                denied.command(), world.facts(denied.command(), List.of(), Standing.ACTIVE)))));
        ReceivedCommand repeated = world.done(world.blocking("auth0|22"));
        world.repeated(
                world.send(world.again(
                        repeated.command(), repeated.command().context().requestHash())),
                Repeat.Kind.DUPLICATE);
        world.repeated(world.send(world.again(repeated.command(), "sha-256:other")), Repeat.Kind.CONFLICT);
        ReceivedCommand calledOff = world.send(world.blocking("auth0|24"));
        OutgoingRecord cancellation = world.calling(calledOff.command());
        world.append(cancellation);
        world.journal(calledOff, world.cancelled(calledOff, 0, cancellation));
        LogRecord garbage = garbage();
        world.quarantine(garbage, RejectionCode.RECORD_CONTENT_TYPE);
        ReceivedCommand macro = world.send(world.unblocking("auth0|23"));
        world.begun(macro, 1, List.of());
        StepOutcome unblocked = world.line(macro, 0, StepStatus.SUCCEEDED, 1);
        world.begun(macro, 1, List.of(unblocked));
        world.journal(
                macro,
                world.outcome(
                        macro,
                        OutcomeStatus.SUCCEEDED,
                        List.of(unblocked, world.line(macro, 1, StepStatus.SUCCEEDED, 1))));
        ReceivedCommand lost = world.send(world.blocking("auth0|24"));
        new TestResolutions(world).settled(lost, new TestResolutions(world).lost(lost), Verdict.DONE);

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.results())
                .allSatisfy(result ->
                        assertThat(result.examined()).as(result.check().id()).isPositive());
    }

    @Test
    void an_empty_log_holds() {
        assertThat(world.verify().holds()).isTrue();
    }

    @Test
    void a_command_with_one_byte_flipped_is_found_where_it_stands_and_nowhere_else() {
        // Given
        world.done(world.blocking("auth0|1"));
        ReceivedCommand altered = world.done(world.blocking("auth0|2"));
        world.replace(altered.position(), Tampering::flipped);

        // When
        Report report = world.verify();

        // Then
        assertThat(only(report, Check.COMMANDS).place())
                .isEqualTo(altered.position().toString());
    }

    @Test
    void A1_a_record_that_nobody_genuine_signed_must_be_in_quarantine() {
        LogRecord forged = garbage();
        world.later(PAST_EVERYTHING);
        assertThat(only(world.verify(), Check.COMMANDS).place())
                .isEqualTo(forged.position().toString());
    }

    @Test
    void what_was_appended_just_now_may_still_be_on_its_way_into_quarantine() {
        garbage();
        assertThat(world.verify().holds()).isTrue();
    }

    @Test
    void A20_a_genuine_command_copied_to_another_partition_is_not_genuine_there() {
        // Given
        OutgoingRecord record = world.sign(world.blocking("auth0|1"));
        int elsewhere = (record.bind().partition() + 1) % 6;
        var key = record.bind().key().getBytes(StandardCharsets.UTF_8);
        LogRecord copy = world.append(Topics.COMMANDS, elsewhere, key, record.value(), record.headers());
        ReceivedCommand original = world.read(world.append(record));
        world.started(original, 1);
        world.journal(original, world.succeeded(original));
        world.later(PAST_EVERYTHING);

        // When
        Report report = world.verify();

        // Then
        Finding finding = only(report, Check.COMMANDS);
        assertThat(finding.place()).isEqualTo(copy.position().toString());
        assertThat(finding.reason()).contains(RejectionCode.BIND_MISMATCH.code());
    }

    @Test
    void A21_a_command_that_was_signed_for_another_partition_than_its_keys_is_not_genuine() {
        // Given
        Command command = world.blocking("auth0|1");
        var bind = new Bind(
                command.bind().topic(),
                (command.bind().partition() + 1) % 6,
                command.bind().key());
        world.append(world.sign(Tampering.with(command, bind)));
        world.later(PAST_EVERYTHING);

        // When, then
        assertThat(only(world.verify(), Check.COMMANDS).reason()).contains(RejectionCode.BIND_MISMATCH.code());
    }

    @Test
    void A23_a_tampered_header_makes_a_command_not_genuine() {
        // Given
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        world.replace(received.position(), record -> Tampering.with(record, "ce_subject", "acme-prod|user|auth0|2"));

        // When, then
        assertThat(only(world.verify(), Check.COMMANDS).reason()).contains(RejectionCode.HEADERS_MISMATCH.code());
    }

    @Test
    void a_statement_with_one_byte_flipped_is_found_where_it_stands() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        LogRecord outcome = world.journal(received, world.succeeded(received));
        world.replace(outcome.position(), Tampering::flipped);

        // When, then
        assertThat(only(world.verify(), Check.JOURNAL).place())
                .isEqualTo(outcome.position().toString());
    }

    @Test
    void A16_an_outcome_that_the_intake_signed_is_not_the_workers() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);

        // When
        var forged = new dev.mandate.contracts.signing.Signer() {
            @Override
            public String sign(dev.mandate.contracts.signing.StatementType type, byte[] payload) {
                return world.keys().intakeSigner().sign(type, payload);
            }
        };
        world.append(world.statement(received, world.succeeded(received), forged));

        // Then
        assertThat(only(world.verify(), Check.JOURNAL).reason()).contains(RejectionCode.JWS_KEY_NOT_VALID.code());
    }

    @Test
    void a_dropped_outcome_is_missed_when_the_deadline_has_passed() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        LogRecord started = world.started(received, 1);
        LogRecord outcome = world.journal(received, world.succeeded(received));
        world.drop(outcome.position());
        assertThat(world.verify().holds()).as("the deadline is still ahead").isTrue();

        // When
        world.later(PAST_EVERYTHING);
        Report report = world.verify();

        // Then
        Finding finding = only(report, Check.OUTCOMES);
        assertThat(finding.place()).isEqualTo(received.position().toString());
        assertThat(finding.command()).contains(received.command().id().value());
        assertThat(finding.reason()).contains("Started at " + started.position());
    }

    @Test
    void a_command_that_nobody_looked_at_is_missed_when_the_deadline_has_passed() {
        world.send(world.blocking("auth0|1"));
        world.later(PAST_EVERYTHING);
        assertThat(only(world.verify(), Check.OUTCOMES).reason()).isEqualTo("Past its deadline there is no outcome.");
    }

    @Test
    void a_second_outcome_is_found() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        LogRecord second = world.journal(received, world.outcome(received, OutcomeStatus.UNKNOWN, 1, Optional.empty()));
        assertThat(only(world.verify(), Check.OUTCOMES).place())
                .isEqualTo(second.position().toString());
    }

    @Test
    void an_outcome_that_claims_another_hash_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        CommandReference right = received.reference();
        var wrong = new CommandReference(
                right.id(), "sha-256:" + "0".repeat(64), right.topic(), right.partition(), right.offset());

        // When
        LogRecord outcome = world.journal(
                received,
                world.outcome(
                        wrong,
                        received.command(),
                        OutcomeStatus.SUCCEEDED,
                        1,
                        Optional.of(world.decide(received.command()))));

        // Then
        assertThat(only(world.verify(), Check.REFERENCES).place())
                .isEqualTo(outcome.position().toString());
    }

    @Test
    void an_outcome_for_an_offset_where_there_is_no_record_is_found() {
        // Given
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        ReceivedCommand lost = world.done(world.blocking("auth0|1"));
        world.drop(lost.position());

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).extracting(Finding::check).contains(Check.REFERENCES);
        assertThat(report.findings())
                .anySatisfy(finding ->
                        assertThat(finding.reason()).contains(lost.position().toString()));
        assertThat(report.findings())
                .noneSatisfy(finding -> assertThat(finding.reason())
                        .contains(received.position().toString()));
    }

    @Test
    void an_outcome_with_another_commands_id_is_found() {
        // Given
        ReceivedCommand one = world.send(world.blocking("auth0|1"));
        ReceivedCommand other = world.send(world.blocking("auth0|1"));
        world.started(one, 1);
        var mixed = new CommandReference(
                other.command().id(),
                one.payloadHash(),
                Topics.COMMANDS,
                one.position().partition(),
                one.position().offset());

        // When
        world.journal(
                one,
                world.outcome(
                        mixed, one.command(), OutcomeStatus.SUCCEEDED, 1, Optional.of(world.decide(one.command()))));

        // Then
        assertThat(only(world.verify(), Check.REFERENCES).command())
                .contains(other.command().id().value());
    }

    @Test
    void success_without_an_announced_start_is_found() {
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.journal(received, world.succeeded(received));
        assertThat(only(world.verify(), Check.STARTS).reason()).contains("attempt 1");
    }

    @Test
    void A71_a_start_after_the_outcome_is_found() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        LogRecord zombie = world.started(received, 2);
        assertThat(only(world.verify(), Check.STARTS).place())
                .isEqualTo(zombie.position().toString());
    }

    @Test
    void A24_a_start_after_the_deadline_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.later(PAST_EVERYTHING);

        // When
        world.started(received, 1);
        world.journal(received, world.succeeded(received));

        // Then
        assertThat(only(world.verify(), Check.STARTS).reason()).contains("started only after its deadline");
    }

    @Test
    void a_repeat_with_an_outcome_of_its_own_is_found() {
        // Given
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        ReceivedCommand later = world.done(
                world.again(received.command(), received.command().context().requestHash()));

        // When, then
        assertThat(only(world.verify(), Check.REPEATS).place())
                .isEqualTo(later.position().toString());
    }

    @Test
    void A30_a_conflict_that_is_called_a_duplicate_is_found() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        world.repeated(world.send(world.again(received.command(), "sha-256:other")), Repeat.Kind.DUPLICATE);
        assertThat(only(world.verify(), Check.REPEATS).reason()).contains("another kind of repeat");
    }

    @Test
    void a_first_record_that_is_called_a_repeat_is_found() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        world.repeated(received, Repeat.Kind.DUPLICATE);
        assertThat(only(world.verify(), Check.REPEATS).reason()).contains("nothing of its id is before it");
    }

    @Test
    void a_repeat_that_the_journal_is_silent_about_is_missed() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        world.send(world.again(received.command(), received.command().context().requestHash()));
        world.later(PAST_EVERYTHING);
        assertThat(only(world.verify(), Check.REPEATS).reason()).contains("the journal does not say so");
    }

    @Test
    void A15_a_command_with_a_stolen_key_and_no_token_may_stand_in_quarantine_and_forks_no_chain() {
        // Given
        world.done(world.blocking("auth0|1"));
        Command forged = World.with(
                world.blocking("auth0|2"),
                world.blocking("auth0|2").authorization(),
                new Chain(World.INSTANCE, 1, Optional.empty()));
        LogRecord found = world.append(new CommandWriter(world.keys().intakeSigner()).write(forged));
        world.quarantine(found, RejectionCode.TOKEN_INVALID);
        world.done(world.blocking("auth0|3"));
        world.later(PAST_EVERYTHING);

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void a_quarantined_command_of_which_something_came_is_found() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        world.quarantine(raw(received), RejectionCode.TOKEN_INVALID);
        assertThat(only(world.verify(), Check.QUARANTINE).place())
                .isEqualTo(received.position().toString());
    }

    @Test
    void a_genuine_command_in_quarantine_for_no_visible_reason_is_found() {
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        LogRecord copy = world.quarantine(raw(received), RejectionCode.JWS_SIGNATURE);
        assertThat(only(world.verify(), Check.QUARANTINE).place())
                .isEqualTo(copy.position().toString());
    }

    @Test
    void a_quarantined_record_that_is_not_the_original_byte_for_byte_is_found() {
        LogRecord copy = world.quarantine(
                garbage(),
                RejectionCode.JWS_MALFORMED,
                whole -> new QuarantineWriter.Copy(whole.key(), Tampering.flipped(whole.value()), whole.headers()));
        assertThat(only(world.verify(), Check.QUARANTINE).place())
                .isEqualTo(copy.position().toString());
    }

    @Test
    void a_statement_about_another_record_than_stands_there_is_found() {
        LogRecord found = garbage();
        LogRecord copy = world.quarantine(found, RejectionCode.JWS_MALFORMED);
        world.replace(found.position(), Tampering::flipped);
        assertThat(only(world.verify(), Check.QUARANTINE).place())
                .isEqualTo(copy.position().toString());
    }

    @Test
    void nobody_hides_a_command_behind_a_copy_in_quarantine_that_no_worker_signed() {
        // Given whoever has the Kafka password of a worker, and none of its keys
        ReceivedCommand hidden = world.send(world.blocking("auth0|1"));
        LogRecord copy = world.quarantine(
                raw(hidden), RejectionCode.TOKEN_INVALID, world.keys().intakeSigner(), whole -> whole);
        world.later(PAST_EVERYTHING);

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings())
                .extracting(Finding::check, Finding::place)
                .containsExactlyInAnyOrder(
                        tuple(Check.QUARANTINE, copy.position().toString()),
                        tuple(Check.OUTCOMES, hidden.position().toString()));
    }

    @Test
    void a_record_in_quarantine_without_a_statement_is_found() {
        LogRecord stray = world.append(Topics.QUARANTINE, 0, null, new byte[1], List.of());
        assertThat(only(world.verify(), Check.QUARANTINE).place())
                .isEqualTo(stray.position().toString());
    }

    @Test
    void a_record_too_large_to_be_copied_is_compared_by_its_hash() {
        LogRecord large =
                world.append(Topics.COMMANDS, 3, "key".getBytes(StandardCharsets.UTF_8), new byte[950_000], List.of());
        assertThat(world.quarantine(large, RejectionCode.RECORD_TOO_LARGE).value())
                .isNull();
        world.later(PAST_EVERYTHING);
        assertThat(world.verify().findings()).isEmpty();
    }

    @Test
    void a_worker_decision_that_does_not_follow_from_its_facts_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        Authorization allow = world.decide(received.command());
        var withoutPermission = world.facts(received.command(), List.of(), Standing.ACTIVE);
        var wrong = new Authorization(
                Effect.ALLOW,
                allow.policy(),
                allow.catalogue(),
                allow.rules(),
                allow.at(),
                0,
                Optional.of(withoutPermission));

        // When
        world.journal(received, world.outcome(received, OutcomeStatus.SUCCEEDED, 1, Optional.of(wrong)));

        // Then
        assertThat(only(world.verify(), Check.WORKER_DECISIONS).reason())
                .contains("Recorded is allow", "policy.permission_missing");
    }

    @Test
    void a_worker_decision_by_facts_about_somebody_else_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        Command other = world.blocking("auth0|2");

        // When
        world.journal(received, world.outcome(received, OutcomeStatus.SUCCEEDED, 1, Optional.of(world.decide(other))));

        // Then
        assertThat(only(world.verify(), Check.WORKER_DECISIONS).reason()).contains("other targets");
    }

    @Test
    void A53_a_permission_beyond_the_tokens_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        var generous = world.facts(received.command(), List.of("delete:users", "update:users"), Standing.ACTIVE);

        // When
        world.journal(
                received,
                world.outcome(
                        received, OutcomeStatus.SUCCEEDED, 1, Optional.of(world.decide(received.command(), generous))));

        // Then
        assertThat(only(world.verify(), Check.PERMISSIONS).reason()).contains("delete:users");
    }

    @Test
    void an_intake_decision_that_does_not_follow_from_the_token_is_found() {
        // Given
        Command allowed = world.blocking("auth0|1");
        Command without = world.draft("users.update", "{\"id\":\"auth0|1\",\"body\":{\"blocked\":true}}", List.of());
        Command wrong = World.with(without, allowed.authorization(), world.chain());
        ReceivedCommand received = world.send(wrong);
        world.journal(
                received,
                world.outcome(received, OutcomeStatus.DENIED, 0, Optional.of(world.decide(received.command()))));

        // When, then
        assertThat(only(world.verify(), Check.INTAKE_DECISIONS).place())
                .isEqualTo(received.position().toString());
    }

    @Test
    void success_without_a_decision_that_allows_it_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        var denied = world.decide(
                received.command(),
                world.facts(received.command(), received.command().requester().permissions(), Standing.BLOCKED));

        // When
        world.journal(received, world.outcome(received, OutcomeStatus.SUCCEEDED, 1, Optional.of(denied)));

        // Then
        assertThat(only(world.verify(), Check.EXECUTION).reason()).contains("without a decision that allows it");
    }

    @Test
    void A58_success_without_a_look_at_the_requester_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        var blind = world.decide(
                received.command(),
                world.facts(received.command(), received.command().requester().permissions(), Standing.UNVERIFIED));

        // When
        world.journal(received, world.outcome(received, OutcomeStatus.SUCCEEDED, 1, Optional.of(blind)));

        // Then
        assertThat(only(world.verify(), Check.EXECUTION).reason()).contains("still there");
    }

    @Test
    void a_call_of_another_operation_is_found() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);

        // When
        world.journal(received, succeeded(received, "DELETE", "/users/{id}", 204));

        // Then
        assertThat(only(world.verify(), Check.EXECUTION).reason()).contains("Another operation");
    }

    @Test
    void a_success_that_auth0_refused_is_found_and_an_undeclared_2xx_is_right() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        ReceivedCommand other = world.send(world.blocking("auth0|2"));
        world.started(other, 1);

        // When
        world.journal(received, succeeded(received, "PATCH", "/users/{id}", 400));
        world.journal(other, succeeded(other, "PATCH", "/users/{id}", 299));

        // Then
        Finding found = only(world.verify(), Check.EXECUTION);
        assertThat(found.reason()).contains("says otherwise");
        assertThat(found.command()).contains(received.command().id().value());
    }

    @Test
    void what_auth0s_log_shows_to_be_done_is_a_success_and_nothing_else() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        ReceivedCommand other = world.send(world.blocking("auth0|2"));
        world.started(other, 1);

        // When
        world.journal(received, seenInLog(received, OutcomeStatus.SUCCEEDED));
        world.journal(other, seenInLog(other, OutcomeStatus.UNKNOWN));

        // Then
        Finding found = only(world.verify(), Check.EXECUTION);
        assertThat(found.reason()).contains("Auth0's log");
        assertThat(found.command()).contains(other.command().id().value());
    }

    /** An outcome that names an entry in Auth0's log, and no answer. */
    private Outcome seenInLog(ReceivedCommand received, OutcomeStatus status) {
        Outcome right =
                world.outcome(received, status, 1, world.succeeded(received).authorization());
        return new Outcome(
                right.command(),
                status,
                1,
                right.worker(),
                right.authorization(),
                List.of(),
                right.upstream().map(call -> TestCalls.seenInLog(call, "9002026")),
                Optional.empty(),
                right.error());
    }

    /** A success by this call. */
    private Outcome succeeded(ReceivedCommand received, String method, String route, int status) {
        Outcome right = world.succeeded(received);
        var call = new Upstream(
                method,
                route,
                Optional.of(status),
                List.of(),
                List.of(),
                received.command().id().value(),
                Optional.empty());
        return new Outcome(
                right.command(),
                right.status(),
                1,
                right.worker(),
                right.authorization(),
                List.of(),
                Optional.of(call),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void A25_a_dropped_command_leaves_a_gap() {
        // Given
        world.done(world.blocking("auth0|1"));
        world.sign(world.blocking("auth0|2"));
        ReceivedCommand after = world.done(world.blocking("auth0|3"));
        world.later(Duration.ofMinutes(2));
        world.done(world.blocking("auth0|4"));

        // When
        Finding finding = only(world.verify(), Check.CHAINS);

        // Then
        assertThat(finding.place()).isEqualTo(after.position().toString());
        assertThat(finding.reason()).contains("1 number(s) from 2 to 2");
    }

    @Test
    void a_gap_that_was_declared_is_explained() {
        // Given
        world.done(world.blocking("auth0|1"));
        Command lost = world.blocking("auth0|2");
        world.sign(lost);
        world.declareUncertain(lost);
        world.done(world.blocking("auth0|3"));

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(result(report, Check.CHAINS).notes())
                .containsExactly("1 gap(s) explained by a send of uncertain fate");
    }

    @Test
    void a_declaration_that_nobody_genuine_signed_is_found_and_explains_nothing() {
        // Given
        Command lost = world.blocking("auth0|1");
        world.sign(lost);
        world.declareUncertain(lost);
        world.done(world.blocking("auth0|2"));
        world.later(Duration.ofMinutes(2));
        world.done(world.blocking("auth0|3"));
        world.replace(new Position(Topics.CONTROL, 0, 0), Tampering::flipped);

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).extracting(Finding::check).containsExactlyInAnyOrder(Check.CONTROL, Check.CHAINS);
    }

    @Test
    void A17_two_commands_with_one_number_are_a_fork() {
        // Given
        Chain same = world.chain();
        world.done(world.blocking("auth0|1"));
        ReceivedCommand second = world.send(
                World.with(world.blocking("auth0|2"), world.blocking("auth0|2").authorization(), same));
        world.started(second, 1);
        world.journal(second, world.succeeded(second));

        // When, then
        assertThat(only(world.verify(), Check.CHAINS).reason()).contains("a fork");
    }

    @Test
    void a_command_that_names_another_predecessor_is_found() {
        // Given
        world.done(world.blocking("auth0|1"));
        Command command = world.blocking("auth0|2");
        ReceivedCommand received = world.send(World.with(
                command, command.authorization(), new Chain(World.INSTANCE, 2, Optional.of("sha-256:another"))));
        world.started(received, 1);
        world.journal(received, world.succeeded(received));

        // When, then
        assertThat(only(world.verify(), Check.CHAINS).reason()).contains("names another record as number 1");
    }

    @Test
    void what_retention_has_removed_is_not_taken_for_a_gap() {
        // Given
        ReceivedCommand removed = world.done(world.blocking("auth0|1"));
        world.done(world.blocking("auth0|1"));
        Position position = removed.position();
        world.retainFrom(Topics.COMMANDS, position.partition(), position.offset() + 1);

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.isWhole()).as("nor for nothing").isFalse();
        assertThat(result(report, Check.CHAINS).open()).isEqualTo(1);
        assertThat(result(report, Check.REFERENCES).notes()).isNotEmpty();
    }

    @Test
    void an_outcome_that_retention_may_have_removed_is_not_missed_and_one_that_it_can_not_is() {
        // Given
        ReceivedCommand old = world.done(world.blocking("auth0|1"));
        world.later(Duration.ofHours(1));
        LogRecord kept = world.started(world.send(world.blocking("auth0|1")), 1);
        world.later(Duration.ofHours(1));
        ReceivedCommand late = world.send(world.blocking("auth0|1"));
        world.retainFrom(
                Topics.RESULTS, old.position().partition(), kept.position().offset());
        world.later(PAST_EVERYTHING);

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings())
                .extracting(Finding::place)
                .containsExactly(late.position().toString());
        assertThat(result(report, Check.OUTCOMES).open()).isEqualTo(2);
    }

    @Test
    void an_outcome_whose_start_retention_may_have_removed_is_left_open() {
        // Given
        ReceivedCommand received = world.send(world.blocking("auth0|1"));
        world.started(received, 1);
        LogRecord outcome = world.journal(received, world.succeeded(received));
        world.retainFrom(
                Topics.RESULTS,
                outcome.position().partition(),
                outcome.position().offset());

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(result(report, Check.STARTS).open()).isEqualTo(1);
    }

    @Test
    void a_partition_that_retention_has_emptied_says_nothing_of_what_is_older() {
        // Given
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        LogRecord garbage = garbage();
        LogRecord copy = world.quarantine(garbage, RejectionCode.JWS_MALFORMED);
        world.retainFrom(Topics.RESULTS, received.position().partition(), 2);
        world.retainFrom(
                Topics.QUARANTINE, copy.position().partition(), copy.position().offset() + 1);
        world.later(PAST_EVERYTHING);

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(result(report, Check.OUTCOMES).open()).isEqualTo(1);
        assertThat(result(report, Check.COMMANDS).open()).isEqualTo(1);
    }

    @Test
    void a_repeat_of_what_retention_may_have_removed_is_left_open() {
        // Given
        ReceivedCommand first = world.done(world.blocking("auth0|1"));
        ReceivedCommand again = world.send(
                world.again(first.command(), first.command().context().requestHash()));
        world.repeated(again, Repeat.Kind.DUPLICATE);
        world.retainFrom(
                Topics.COMMANDS, again.position().partition(), again.position().offset());

        // When
        Report report = world.verify();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(result(report, Check.REPEATS).open()).isEqualTo(1);
    }

    @Test
    void a_command_is_no_repeat_of_what_no_worker_remembers_any_more() {
        // Given
        world.done(world.blocking("auth0|1"));
        ReceivedCommand kept = world.done(world.blocking("auth0|1"));
        world.later(Duration.ofDays(5));
        ReceivedCommand fresh = world.send(world.blocking("auth0|1"));
        world.repeated(fresh, Repeat.Kind.DUPLICATE);
        world.retainFrom(
                Topics.COMMANDS, kept.position().partition(), kept.position().offset());

        // When, then
        assertThat(world.verify().findings())
                .extracting(Finding::check, Finding::place)
                .containsExactly(tuple(Check.REPEATS, fresh.position().toString()));
    }

    @Test
    void records_that_do_not_come_in_the_order_of_their_offsets_are_found() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        Position place = received.position();
        world.replace(
                place,
                record -> new LogRecord(
                        new Position(place.topic(), place.partition(), 1),
                        record.appendedAt(),
                        record.key(),
                        record.value(),
                        record.headers()));
        world.done(world.blocking("auth0|1"));

        assertThat(world.verify().findings())
                .anySatisfy(finding -> assertThat(finding.reason()).contains("It comes after offset 1"));
    }

    @Test
    void a_statement_about_a_negative_offset_is_not_about_what_retention_has_removed() {
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        CommandReference reference = received.reference();
        var nowhere = new CommandReference(
                reference.id(), reference.payloadHash(), reference.topic(), reference.partition(), -1);
        world.journal(received, new Repeat(nowhere, Repeat.Kind.DUPLICATE, World.WORKER));

        assertThat(only(world.verify(), Check.REFERENCES).reason()).contains("does not exist");
    }

    @Test
    void a_command_id_in_two_partitions_is_found() {
        // Given
        ReceivedCommand one = world.done(world.blocking("auth0|1"));
        Command other = world.blocking("auth0|2");
        int i = 3;
        while (other.bind().partition() == one.position().partition()) {
            other = world.blocking("auth0|" + i++);
        }
        world.done(Tampering.with(other, one.command().id()));

        // When, then
        assertThat(only(world.verify(), Check.REPEATS).reason()).contains("Another partition");
    }

    @Test
    void an_answer_that_comes_a_moment_before_what_it_answers_is_understood() {
        // Given
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        world.replace(
                received.position(),
                record -> new LogRecord(
                        record.position(),
                        record.appendedAt().plusSeconds(10),
                        record.key(),
                        record.value(),
                        record.headers()));
        world.later(Duration.ofMinutes(1));

        // When, then
        assertThat(world.verify().findings()).isEmpty();
    }

    private LogRecord garbage() {
        return world.append(
                Topics.COMMANDS,
                3,
                "key".getBytes(StandardCharsets.UTF_8),
                "garbage".getBytes(StandardCharsets.UTF_8),
                List.of(new Header("x", null)));
    }

    private LogRecord raw(ReceivedCommand received) {
        var all = new ArrayList<LogRecord>();
        world.log().read(new dev.mandate.audit.log.Log.Reader() {
            @Override
            public void record(LogRecord record) {
                all.add(record);
            }

            @Override
            public void suspect(String place, String reason) {
                throw new AssertionError(reason);
            }
        });
        return all.stream()
                .filter(record -> record.position().equals(received.position()))
                .findFirst()
                .orElseThrow();
    }

    private static Finding only(Report report, Check check) {
        assertThat(report.findings()).hasSize(1);
        Finding finding = report.findings().getFirst();
        assertThat(finding.check()).isEqualTo(check);
        assertThat(report.holds()).isFalse();
        return finding;
    }

    private static Report.Result result(Report report, Check check) {
        return report.results().stream()
                .filter(result -> result.check() == check)
                .findFirst()
                .orElseThrow();
    }
}
