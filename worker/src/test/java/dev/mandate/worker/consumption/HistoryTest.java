package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.worker.rig.Commands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits until what was said long ago has been heard of. */
class HistoryTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Span SOMETHING = new Span(3, 9);
    private static final Span ENDLESS = new Span(5, 6);
    private static final CommandId KEYED = CommandIds.derived(List.of("keyed"));

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(NOW);
    private final Workshop workshop = new Workshop(Map.of(TestCommands.TENANT, Places.FREE), 4, clock, () -> {});
    private final Queue<Hearsay> told = new ArrayDeque<>();
    private final History history = new History(
            (number, span, unwanted) -> {
                while (span.equals(ENDLESS) && !unwanted.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                synchronized (told) {
                    if (told.isEmpty()) {
                        throw new IllegalStateException("The broker is away");
                    }
                    return told.remove();
                }
            },
            workshop);
    private final OwnedPartition home = Jobs.home(new JournalIndex(), NOW);
    private final Recall recall = new Recall(
            position -> new LookUp.Result.Nothing<>(),
            position -> new LookUp.Result.Nothing<>(),
            workshop,
            (job, kind) -> {},
            new CallWindow(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO),
            clock);
    private final List<Job> remembered = new ArrayList<>();

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void a_command_with_an_idempotency_key_waits_until_all_has_been_heard_of_and_any_other_does_not() {
        // Given a broker that is away
        var jobs = new Jobs(directory, clock);
        Command command = TestCommands.blockUser(
                "auth0|uma", TestCommands.requester("https://people.example/", List.of()), clock);
        Job other = jobs.next(home, command);
        Job keyed = jobs.next(home, Commands.id(command, KEYED));
        history.hear(home, SOMETHING);

        // When
        whenRemembered(other);
        whenRemembered(keyed);

        // Then
        assertThat(remembered).containsExactly(other);

        // When the broker is back, and says that the keyed one has been done
        var longAgo = new Hearsay();
        longAgo.add(Jobs.mention(KEYED, 4, NOW));
        synchronized (told) {
            told.add(longAgo);
        }
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            workshop.turn();
            return remembered.size() == 2;
        });

        // Then it was asked what that was; it can't be verified here
        assertThat(recall.isDistrusted(keyed)).isTrue();
    }

    @Test
    void nobody_waits_where_nothing_was_said_before() {
        history.hear(home, Span.NOTHING);

        assertThat(home.index().isHearingOf(KEYED)).isFalse();
    }

    @Test
    void a_partition_that_is_gone_holds_up_no_other() {
        // Given one of whose past there is no end
        OwnedPartition second = Jobs.home(new JournalIndex(), NOW);
        history.hear(home, ENDLESS);
        history.hear(second, SOMETHING);
        synchronized (told) {
            told.add(new Hearsay());
            told.add(new Hearsay());
        }

        // When
        home.leave();

        // Then
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            workshop.turn();
            return !second.index().isHearingOf(KEYED);
        });
    }

    private void whenRemembered(Job job) {
        recall.whenRemembered(job, () -> remembered.add(job));
    }
}
