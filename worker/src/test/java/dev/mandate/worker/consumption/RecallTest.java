package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.rig.Commands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A later record of a command of which only the journal has been read back, so that the first must be looked up. */
class RecallTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final LogRecord.Position SAID_FIRST = new LogRecord.Position(Topics.RESULTS, 0, 41);
    private static final LogRecord.Position SAID_LAST = new LogRecord.Position(Topics.RESULTS, 0, 42);

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(NOW);
    private final Workshop workshop = new Workshop(Map.of(TestCommands.TENANT, Places.FREE), 4, clock, () -> {});
    private final Deque<LookUp.Result<String>> answers = new ArrayDeque<>();
    private final Map<LogRecord.Position, LookUp.Result<CommandReference>> spoken = new HashMap<>();
    private final List<Repeat.Kind> repeats = new ArrayList<>();
    private final Recall recall = new Recall(
            position -> {
                if (answers.isEmpty()) {
                    throw new IllegalStateException("The broker is away");
                }
                return answers.remove();
            },
            position -> spoken.getOrDefault(position, new LookUp.Result.Nothing<>()),
            workshop,
            (job, kind) -> repeats.add(kind),
            new CallWindow(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO),
            clock);
    private Command command;
    private Job first;
    private Job later;

    @BeforeEach
    void a_command_that_has_ended_and_a_later_record_of_it() {
        var index = new JournalIndex();
        OwnedPartition home = Jobs.home(index, NOW);
        var jobs = new Jobs(directory, clock);
        command = TestCommands.blockUser(
                "auth0|uma", TestCommands.requester("https://people.example/", List.of()), clock);
        first = jobs.next(home, command);
        index.read(
                Jobs.said(
                        new Outcome(
                                Jobs.reference(first),
                                OutcomeStatus.SUCCEEDED,
                                1,
                                "worker-1/1",
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        NOW),
                Map.of(Topics.COMMANDS, 0L));
        later = jobs.next(
                home,
                Commands.times(command, command.issuedAt(), command.deadline().plusSeconds(1)));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void A30_a_look_up_that_fails_concludes_nothing_and_is_made_again() {
        // When the broker is away at first
        assertThat(recall.isNew(later)).isFalse();
        await().until(() -> {
            workshop.turn();
            return later.stage() == Job.Stage.WAITING && workshop.busy() == 0;
        });
        assertThat(repeats).isEmpty();

        // And answers later
        answers.add(new LookUp.Result.NotNow<>());
        answers.add(
                new LookUp.Result.Found<>(later.received().command().context().requestHash()));

        // Then
        await().until(() -> {
            clock.move(Duration.ofSeconds(1));
            workshop.turn();
            return !repeats.isEmpty();
        });
        assertThat(repeats).containsExactly(Repeat.Kind.DUPLICATE);
    }

    @Test
    void a_first_record_that_is_no_longer_there_leaves_a_conflict() {
        answers.add(new LookUp.Result.Nothing<>());

        assertThat(recall.isNew(later)).isFalse();

        await().until(() -> {
            workshop.turn();
            return !repeats.isEmpty();
        });
        assertThat(repeats).containsExactly(Repeat.Kind.CONFLICT);
    }

    @Test
    void of_a_command_that_was_only_heard_of_the_journal_is_read_when_another_record_of_it_comes() {
        // Given
        Job heard = heardOf();
        spoken.put(SAID_LAST, new LookUp.Result.Found<>(Jobs.reference(first)));
        answers.add(new LookUp.Result.Found<>(command.context().requestHash()));

        // When
        remember(heard);

        // Then
        assertThat(recall.isNew(heard)).isFalse();
        awaitRepeat();
        assertThat(repeats).containsExactly(Repeat.Kind.DUPLICATE);
    }

    @Test
    void where_what_was_said_last_can_not_be_verified_what_was_said_first_counts() {
        // Given
        Job heard = heardOf();
        spoken.put(SAID_FIRST, new LookUp.Result.Found<>(Jobs.reference(first)));
        answers.add(new LookUp.Result.Found<>(command.context().requestHash()));

        // When
        remember(heard);

        // Then
        assertThat(recall.isDistrusted(heard)).isFalse();
        assertThat(recall.isNew(heard)).isFalse();
        awaitRepeat();
        assertThat(repeats).containsExactly(Repeat.Kind.DUPLICATE);
    }

    @Test
    void what_was_heard_and_can_not_be_verified_counts_against_doing_the_command() {
        // Given
        Job heard = heardOf();

        // When
        remember(heard);

        // Then
        assertThat(recall.isDistrusted(heard)).isTrue();
    }

    @Test
    void what_was_heard_of_the_very_record_that_comes_counts_against_doing_the_command() {
        // Given
        Job heard = heardOf();
        spoken.put(SAID_LAST, new LookUp.Result.Found<>(Jobs.reference(heard)));
        spoken.put(SAID_FIRST, new LookUp.Result.Found<>(Jobs.reference(heard)));

        // When
        remember(heard);

        // Then
        assertThat(recall.isDistrusted(heard)).isTrue();
    }

    /** The later record, where the journal was heard to speak of its command twice. */
    private Job heardOf() {
        var index = new JournalIndex();
        index.heard(Jobs.mention(command.id(), SAID_FIRST.offset(), NOW), NOW);
        index.heard(Jobs.mention(command.id(), SAID_LAST.offset(), NOW), NOW);
        return Jobs.again(later, Jobs.home(index, NOW));
    }

    private void remember(Job job) {
        var remembered = new AtomicBoolean();
        recall.whenRemembered(job, () -> remembered.set(true));
        assertThat(remembered).as("before it was read").isFalse();
        await().until(() -> {
            workshop.turn();
            return remembered.get();
        });
    }

    private void awaitRepeat() {
        await().until(() -> {
            workshop.turn();
            return !repeats.isEmpty();
        });
    }
}
