package dev.mandate.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.Tampering;
import dev.mandate.audit.TestResolutions;
import dev.mandate.audit.World;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.resolution.OutcomeReference;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How unknown outcomes were settled. */
class ResolutionVerificationTest {

    @TempDir
    static Path directory;

    static World first;

    World world;
    TestResolutions resolutions;
    ReceivedCommand command;
    LogRecord lost;

    @BeforeAll
    static void makeKeys() {
        first = new World(directory);
    }

    @BeforeEach
    void anUnknownOutcome() {
        world = first.again();
        resolutions = new TestResolutions(world);
        command = world.send(world.blocking("auth0|1"));
        lost = resolutions.lost(command);
    }

    Finding only(Check check) {
        Report report = world.verify();
        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.check()).isEqualTo(check));
        return report.findings().getFirst();
    }

    List<String> notes() {
        return world.verify().results().stream()
                .filter(result -> result.check() == Check.RESOLUTIONS)
                .findFirst()
                .orElseThrow()
                .notes();
    }

    Resolution draft() {
        return resolutions.draft(command, lost, Verdict.DONE, TestResolutions.RESOLVER, TestResolutions.PERMISSIONS);
    }

    LogRecord append(Resolution resolution) {
        return world.append(resolutions.sign(resolution));
    }

    static Resolution with(Resolution original, OutcomeReference outcome, Bind bind) {
        return new Resolution(
                original.issuer(),
                original.audience(),
                original.id(),
                original.issuedAt(),
                original.subject(),
                original.clientId(),
                original.command(),
                outcome,
                original.verdict(),
                original.reason(),
                original.resolver(),
                original.authorization(),
                original.chain(),
                bind);
    }

    @Test
    void an_unknown_outcome_that_an_entitled_person_settled_holds() {
        append(draft());
        assertThat(world.verify().findings()).isEmpty();
        assertThat(notes()).isEmpty();
    }

    @Test
    void an_unknown_outcome_that_nobody_has_settled_is_told_of_and_is_no_wrong() {
        assertThat(world.verify().holds()).isTrue();
        assertThat(notes()).containsExactly("1 unknown outcome(s) that nobody has settled");
    }

    @Test
    void a_second_word_has_no_effect_and_is_told_of() {
        append(draft());
        append(resolutions.draft(
                command, lost, Verdict.NOT_DONE, TestResolutions.RESOLVER, TestResolutions.PERMISSIONS));
        assertThat(world.verify().findings()).isEmpty();
        assertThat(notes()).containsExactly("1 without effect, since another came first");
    }

    @Test
    void a_word_that_the_worker_signed_is_found() {
        LogRecord forged = world.append(resolutions.write(draft(), world.keys().workerSigner()));
        assertThat(only(Check.CONTROL).place()).isEqualTo(forged.position().toString());
    }

    @Test
    void a_word_with_one_byte_flipped_is_found() {
        LogRecord record = append(draft());
        world.replace(record.position(), Tampering::flipped);
        assertThat(only(Check.CONTROL).place()).isEqualTo(record.position().toString());
    }

    @Test
    void a_word_copied_to_another_partition_or_signed_for_another_is_found() {
        LogRecord record = append(draft());
        int elsewhere = (record.position().partition() + 1) % TestCommands.PARTITIONS;
        world.append(Topics.CONTROL, elsewhere, record.key(), record.value(), record.headers());
        assertThat(only(Check.CONTROL).reason()).contains("bind.mismatch");
    }

    @Test
    void a_word_in_another_partition_than_its_commands_where_it_could_overtake_the_first_is_found() {
        Resolution draft = draft();
        int elsewhere = (draft.bind().partition() + 1) % TestCommands.PARTITIONS;
        append(with(
                draft,
                draft.outcome(),
                new Bind(Topics.CONTROL, elsewhere, draft.bind().key())));
        // Its number counts as missing, too, if anything comes after it.
        assertThat(only(Check.CONTROL).reason()).contains("Not the partition of its key");
    }

    @Test
    void a_word_that_stood_in_the_log_before_the_outcome_is_found() {
        LogRecord record = append(draft());
        world.replace(
                lost.position(),
                early -> new LogRecord(
                        early.position(),
                        record.appendedAt().plus(Duration.ofMinutes(1)),
                        early.key(),
                        early.value(),
                        early.headers()));
        world.later(Duration.ofMinutes(5));
        assertThat(only(Check.RESOLUTIONS).reason()).contains("before the outcome");
    }

    @Test
    void a_word_on_an_outcome_with_another_hash_or_none_is_found() {
        Resolution draft = draft();
        append(with(draft, OutcomeReference.to(lost.position(), "sha-256:another"), draft.bind()));
        assertThat(only(Check.RESOLUTIONS).reason()).contains("another hash");
    }

    @Test
    void a_word_on_a_command_that_succeeded_is_found() {
        ReceivedCommand done = world.send(world.blocking("auth0|2"));
        world.started(done, 1);
        LogRecord succeeded = world.journal(done, world.succeeded(done));
        append(resolutions.draft(
                done, succeeded, Verdict.NOT_DONE, TestResolutions.RESOLVER, TestResolutions.PERMISSIONS));
        assertThat(only(Check.RESOLUTIONS).reason()).contains("no outcome that nobody knows");
    }

    @Test
    void a_word_that_names_another_command_than_its_outcome_does_is_found() {
        ReceivedCommand other = world.done(world.blocking("auth0|1"));
        append(resolutions.draft(other, lost, Verdict.DONE, TestResolutions.RESOLVER, TestResolutions.PERMISSIONS));
        assertThat(only(Check.RESOLUTIONS).reason()).contains("another command");
    }

    @Test
    void the_word_of_somebody_who_might_not_is_found_whatever_the_api_decided() {
        Command asked = command.command();
        Requester organization = in("org_other", TestResolutions.PERMISSIONS);
        record Attempt(String subject, Requester resolver, String code) {}
        for (Attempt attempt : List.of(
                new Attempt("auth0|rosa", people(List.of("update:users")), "policy.permission_missing"),
                new Attempt("auth0|rosa", people(List.of(Resolution.PERMISSION)), "policy.permission_missing"),
                new Attempt(asked.subject(), people(TestResolutions.PERMISSIONS), "resolution.involved"),
                new Attempt("auth0|1", people(TestResolutions.PERMISSIONS), "resolution.involved"),
                new Attempt("auth0|rosa", organization, "policy.other_organization"))) {
            anUnknownOutcome();
            append(resolutions.draft(command, lost, Verdict.DONE, attempt.subject(), attempt.resolver()));
            assertThat(only(Check.RESOLUTIONS).reason()).contains(attempt.code());
        }
    }

    private static Requester people(List<String> permissions) {
        return TestCommands.requester(World.PERSON_ISSUER, permissions);
    }

    private static Requester in(String organization, List<String> permissions) {
        Requester plain = people(permissions);
        return new Requester(
                plain.issuer(),
                Optional.of(organization),
                plain.permissions(),
                plain.roles(),
                plain.application(),
                plain.acr(),
                plain.amr(),
                plain.authenticatedAt(),
                plain.ip(),
                plain.tokenHash(),
                plain.sealedToken());
    }

    @Test
    void a_dropped_word_leaves_a_gap() {
        LogRecord record = append(draft());
        world.done(world.blocking("auth0|2"));
        world.end();
        world.drop(record.position());
        assertThat(only(Check.CHAINS).reason()).contains("1 number(s) from 2 to 2");
    }
}
