package dev.mandate.contracts.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.policy.TargetFacts;
import dev.mandate.contracts.policy.TenantFacts;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Topics;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class JournalReaderTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"started", "started step", "outcome", "outcome of steps", "repeat"})
    void a_statement_reads_back_as_it_was_written(String kind) throws Exception {
        // Given
        Clock clock = Clock.systemUTC();
        TestKeys keys = TestKeys.in(directory, clock);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var ids = new CommandIds(clock, new SecureRandom());
        var reference = new CommandReference(ids.next(), "sha-256:1", Topics.COMMANDS, 3, 42);
        var statement = new JournalStatement(
                "https://mandate.example/worker",
                JournalStatement.audience(TestCommands.ENVIRONMENT),
                ids.next(),
                now,
                now,
                reference.id().value(),
                "auth0|1",
                new Bind(Topics.RESULTS, 3, "acme-prod|user|auth0|1"),
                event(kind, reference, now));
        var found = TestCommands.appended(new JournalWriter(keys.workerSigner()).write(statement), 0, now);

        // When
        ReceivedStatement received = new JournalReader(keys.verifier(), TestCommands.ENVIRONMENT).read(found);

        // Then
        assertThat(received.statement()).isEqualTo(statement);
    }

    @Test
    void auth0s_log_is_referred_to_only_for_what_it_shows_to_be_done() {
        var call = new Upstream(
                "POST",
                "/users",
                Optional.of(201),
                List.of("create:users"),
                List.of(),
                "x",
                Optional.empty(),
                Optional.of("9002026"));
        ObjectNode written = StrictJson.tree(call);

        assertThat(written.path("log_id").stringValue()).isEqualTo("9002026");
        assertThat(StrictJson.convert(written, Upstream.class)).isEqualTo(call);
        assertThatThrownBy(() -> StrictJson.convert(written.put("status", 409), Upstream.class))
                .isInstanceOf(MalformedJsonException.class);
        written.remove("status");
        assertThatThrownBy(() -> StrictJson.convert(written, Upstream.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void a_plain_operation_says_nothing_of_steps() {
        var reference = new CommandReference(
                new CommandIds(Clock.systemUTC(), new SecureRandom()).next(), "sha-256:1", Topics.COMMANDS, 3, 42);
        for (String kind : List.of("started", "outcome")) {
            assertThat(StrictJson.tree((Record) event(kind, reference, Instant.EPOCH))
                            .propertyNames())
                    .doesNotContain("step", "steps", "notice");
        }
    }

    @Test
    void what_was_recorded_before_decisions_stood_in_announcements_and_named_a_catalogue_is_still_read() {
        // Given
        var reference = new CommandReference(
                new CommandIds(Clock.systemUTC(), new SecureRandom()).next(), "sha-256:1", Topics.COMMANDS, 3, 42);
        ObjectNode started = StrictJson.tree((Record) event("started step", reference, Instant.EPOCH));
        ObjectNode outcome = StrictJson.tree((Record) event("outcome", reference, Instant.EPOCH));

        // When
        assertThat(started.remove("authz")).isNotNull();
        assertThat(outcome.withObject("/authz").remove("catalogue")).isNotNull();

        // Then
        assertThat(StrictJson.convert(started, Started.class).authorization()).isEmpty();
        assertThat(StrictJson.convert(outcome, Outcome.class)
                        .authorization()
                        .orElseThrow()
                        .catalogue())
                .isEmpty();
    }

    private static JournalEvent event(String kind, CommandReference reference, Instant now) {
        return switch (kind) {
            case "started" -> new Started(reference, 1, "worker-1/1", 43);
            case "started step" ->
                new Started(
                        reference,
                        2,
                        "worker-1/1",
                        43,
                        Optional.of(decision(now)),
                        Optional.of(
                                new StepStarted(1, "users.sessions.delete", List.of(TestSteps.done("users.update")))));
            case "outcome of steps" ->
                TestSteps.outcome(
                        reference,
                        OutcomeStatus.FAILED,
                        List.of(
                                TestSteps.done("users.update"),
                                TestSteps.failed("users.sessions.delete"),
                                StepOutcome.notDone("users.refreshToken.delete")));
            case "repeat" -> new Repeat(reference, Repeat.Kind.CONFLICT, "worker-1/1");
            default ->
                new Outcome(
                        reference,
                        OutcomeStatus.ACCEPTED_UPSTREAM,
                        1,
                        "worker-1/1",
                        Optional.of(decision(now)),
                        List.of(),
                        Optional.of(new Upstream(
                                "GET",
                                "/users/{id}",
                                Optional.of(400),
                                List.of("read:users"),
                                List.of(),
                                "x",
                                Optional.of("invalid_body"))),
                        Optional.of("sealed"),
                        Optional.of(new OutcomeError("a.b", "c")));
        };
    }

    private static Authorization decision(Instant now) {
        return new Authorization(
                Effect.ALLOW,
                "sha-256:2",
                Optional.of("sha-256:3"),
                List.of("a"),
                now,
                0,
                Optional.of(new Facts(
                        new RequesterFacts(
                                "https://issuer/",
                                "auth0|2",
                                Optional.of("org_1"),
                                List.of("read:users"),
                                List.of(),
                                false,
                                Standing.ACTIVE),
                        new TenantFacts("acme-prod", List.of("https://issuer/"), false),
                        List.of(new TargetFacts("user", "auth0|1", Optional.of(List.of("org_1")), Optional.empty())))));
    }
}
