package dev.mandate.audit.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.audit.Tampering;
import dev.mandate.audit.World;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outcome that says {@code cancelled} must rest on the requester's own cancellation. */
class CancelledTest {

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
    void what_its_requester_called_off_alone_or_with_its_batch_is_rightly_cancelled() {
        // Given
        ReceivedCommand alone = sent();
        end(alone, appended(world.calling(alone.command())));
        CommandId batch = alone.command().id();
        ReceivedCommand line = world.send(Tampering.inBatch(world.blocking("auth0|2"), batch));
        end(line, appended(ofBatch(batch, line.command())));

        // When, then
        assertThat(later().findings()).isEmpty();
    }

    @Test
    void a_cancellation_that_nobody_made_is_found() {
        ReceivedCommand received = sent();
        end(received, world.calling(received.command()));

        assertThat(only().reason()).contains("not in the log");
    }

    @Test
    void a_cancellation_that_nobody_genuine_signed_calls_nothing_off() {
        // Given
        ReceivedCommand received = sent();
        OutgoingRecord cancellation = world.calling(received.command());
        var forged = world.append(cancellation);
        end(received, cancellation);
        world.replace(forged.position(), Tampering::flipped);

        // When, then
        assertThat(later().findings())
                .extracting(Finding::check)
                .containsExactlyInAnyOrder(Check.CONTROL, Check.CANCELLATIONS);
    }

    @Test
    void a_cancellation_by_somebody_else_is_found() {
        ReceivedCommand received = sent();
        Command command = received.command();
        end(
                received,
                appended(world.calling(
                        new Cancellation.Scope(Cancellation.Kind.COMMAND, command.id()),
                        "auth0|somebody-else",
                        command.requester())));

        assertThat(only().reason()).contains("by somebody else");
    }

    @Test
    void the_same_name_at_another_issuer_is_somebody_else() {
        ReceivedCommand received = sent();
        Command command = received.command();
        end(
                received,
                appended(world.calling(
                        new Cancellation.Scope(Cancellation.Kind.COMMAND, command.id()),
                        command.subject(),
                        TestCommands.requester("https://others.example/", List.of()))));

        assertThat(only().reason()).contains("by somebody else");
    }

    @Test
    void the_cancellation_of_another_command_or_batch_calls_nothing_else_off() {
        // Given
        ReceivedCommand received = sent();
        ReceivedCommand other = world.done(world.blocking("auth0|2"));
        end(received, appended(world.calling(other.command())));
        ReceivedCommand alone = world.send(world.blocking("auth0|3"));
        end(alone, appended(ofBatch(other.command().id(), alone.command())));

        // When, then
        assertThat(later().findings()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(Check.CANCELLATIONS);
            assertThat(finding.reason()).contains("that of something else");
        });
    }

    @Test
    void a_cancellation_that_stands_behind_the_outcome_is_found() {
        ReceivedCommand received = sent();
        OutgoingRecord cancellation = world.calling(received.command());
        end(received, cancellation);
        world.later(Duration.ofMinutes(1));
        world.append(cancellation);

        assertThat(only().reason()).contains("appended after it");
    }

    @Test
    void what_was_begun_can_no_longer_be_cancelled() {
        ReceivedCommand received = sent();
        OutgoingRecord cancellation = appended(world.calling(received.command()));
        world.started(received, 1);
        world.journal(received, world.cancelled(received, 1, cancellation));

        assertThat(only().reason()).contains("It was begun");
    }

    @Test
    void a_dropped_cancellation_leaves_a_gap() {
        // Given
        ReceivedCommand received = world.done(world.blocking("auth0|1"));
        world.calling(received.command());
        world.done(world.blocking("auth0|2"));
        world.later(Chain.PATIENCE.plus(Duration.ofSeconds(31)));
        world.done(world.blocking("auth0|3"));
        world.later(Duration.ofHours(1));

        // When, then
        assertThat(world.verify().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.check()).isEqualTo(Check.CHAINS));
    }

    @Test
    void what_retention_may_have_removed_is_noted_and_not_held_against_anybody() {
        // Given
        ReceivedCommand received = sent();
        OutgoingRecord cancellation = world.calling(received.command());
        var removed = world.append(cancellation);
        end(received, cancellation);
        world.retainFrom(
                Topics.CONTROL,
                removed.position().partition(),
                removed.position().offset() + 1);

        // When
        Report report = later();

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.results()).anySatisfy(result -> {
            assertThat(result.check()).isEqualTo(Check.CANCELLATIONS);
            assertThat(result.notes()).isNotEmpty();
        });
    }

    private ReceivedCommand sent() {
        return world.send(world.blocking("auth0|1"));
    }

    private OutgoingRecord ofBatch(CommandId batch, Command command) {
        return world.calling(
                new Cancellation.Scope(Cancellation.Kind.BATCH, batch), command.subject(), command.requester());
    }

    private OutgoingRecord appended(OutgoingRecord cancellation) {
        world.append(cancellation);
        return cancellation;
    }

    private void end(ReceivedCommand received, OutgoingRecord cancellation) {
        world.journal(received, world.cancelled(received, 0, cancellation));
    }

    private Report later() {
        world.later(Duration.ofMinutes(2));
        return world.verify();
    }

    private Finding only() {
        Report report = later();
        assertThat(report.findings()).hasSize(1);
        assertThat(report.findings().getFirst().check()).isEqualTo(Check.CANCELLATIONS);
        return report.findings().getFirst();
    }
}
