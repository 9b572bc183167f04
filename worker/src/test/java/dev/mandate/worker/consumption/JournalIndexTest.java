package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalIndexTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration A_DAY = Duration.ofDays(1);

    private static final String TARGET = "acme-prod|user|auth0|uma";

    private final CommandIds ids = new CommandIds(Clock.systemUTC(), new SecureRandom());
    private final JournalIndex index = new JournalIndex();

    @Test
    void a_command_that_has_ended_is_forgotten_once_a_copy_of_its_record_would_be_refused_for_its_age() {
        for (int i = 0; i < 1000; i++) {
            ended(ids.next(), i, NOW.minus(Duration.ofMinutes(10)));
        }
        CommandId fresh = ids.next();
        ended(fresh, 1000, NOW.minusSeconds(10));

        index.forget(NOW, A_DAY, Map.of(Topics.COMMANDS, NOW));

        assertThat(index.size()).isEqualTo(1);
        assertThat(index.find(fresh)).isPresent();
    }

    @Test
    void what_is_read_late_is_remembered_long() {
        CommandId id = ids.next();
        ended(id, 0, NOW);

        index.forget(NOW, A_DAY, Map.of(Topics.COMMANDS, NOW.minus(Duration.ofHours(2))));

        assertThat(index.find(id)).isPresent();
    }

    @Test
    void a_command_that_can_be_signed_anew_under_its_idempotency_key_is_remembered_as_long_as_one_may_live() {
        CommandId today = CommandIds.derived(List.of("today"));
        CommandId yesterday = CommandIds.derived(List.of("yesterday"));
        ended(today, 0, NOW.minus(Duration.ofHours(23)));
        ended(yesterday, 1, NOW.minus(Duration.ofHours(25)));

        index.forget(NOW, A_DAY, Map.of(Topics.COMMANDS, NOW));

        assertThat(index.find(today)).isPresent();
        assertThat(index.find(yesterday)).isEmpty();
    }

    @Test
    void while_a_record_waits_that_may_repeat_a_command_that_one_is_remembered() {
        // Given a copy that was read in time and waits for its target since
        CommandId copied = ids.next();
        CommandId repeated = CommandIds.derived(List.of("repeated"));
        ended(copied, 0, NOW);
        ended(repeated, 1, NOW);
        var tracker = new OffsetTracker(2);
        tracker.read(2, NOW.plusSeconds(60));
        tracker.read(3, NOW.plus(Duration.ofDays(2)));
        tracker.settled(3);

        // When the worker goes on with others for two days, then it is remembered; until the copy is settled
        forget(NOW.plus(Duration.ofDays(2)), tracker);
        assertThat(index.find(copied)).isPresent();
        assertThat(index.find(repeated)).isPresent();

        tracker.settled(2);
        forget(NOW.plus(Duration.ofDays(2)), tracker);
        assertThat(index.size()).isZero();
    }

    private void forget(Instant now, OffsetTracker tracker) {
        index.forget(
                now, A_DAY, Map.of(Topics.COMMANDS, tracker.unsettledSince().orElseThrow()));
    }

    @Test
    void a_command_without_its_outcome_is_never_forgotten() {
        CommandId id = ids.next();
        index.takenUp(reference(id, 0), "hash", NOW.minus(Duration.ofDays(3)));

        index.forget(NOW, A_DAY, Map.of(Topics.COMMANDS, NOW));

        assertThat(index.find(id)).isPresent();
    }

    @Test
    void the_last_start_of_another_command_for_a_target_is_known_until_that_one_has_its_outcome() {
        // Given two commands for a target, one in each lane, of which nobody knows how they ended
        CommandReference bulk = new CommandReference(ids.next(), "sha-256:x", Topics.COMMANDS_BULK, 0, 7);
        CommandReference interactive = reference(ids.next(), 3);
        started(bulk, NOW.minusSeconds(9));
        started(bulk, NOW.minusSeconds(8));
        started(interactive, NOW.minusSeconds(5));

        // Then each has to wait for the other, what comes later for both, and what is for another target for nobody
        assertThat(index.othersBegunAt(TARGET, interactive.id())).contains(NOW.minusSeconds(8));
        assertThat(index.othersBegunAt(TARGET, bulk.id())).contains(NOW.minusSeconds(5));
        assertThat(index.othersBegunAt(TARGET, ids.next())).contains(NOW.minusSeconds(5));
        assertThat(index.othersBegunAt("acme-prod|user|auth0|gus", ids.next())).isEmpty();

        // When the journal goes on
        index.read(Jobs.said(outcome(interactive), TARGET, NOW.minusSeconds(4)), Map.of());
        assertThat(index.othersBegunAt(TARGET, ids.next())).contains(NOW.minusSeconds(8));

        // And this worker goes on
        index.ended(bulk, "hash", 3, NOW);
        assertThat(index.othersBegunAt(TARGET, ids.next())).isEmpty();
    }

    @Test
    void a_start_that_never_got_its_outcome_is_forgotten_when_no_command_is_that_old() {
        started(reference(ids.next(), 0), NOW.minus(Duration.ofHours(25)));
        started(reference(ids.next(), 1), NOW.minus(Duration.ofHours(23)));

        index.forget(NOW, A_DAY, Map.of(Topics.COMMANDS, NOW));
        assertThat(index.othersBegunAt(TARGET, ids.next())).contains(NOW.minus(Duration.ofHours(23)));

        index.forget(NOW.plus(A_DAY), A_DAY, Map.of(Topics.COMMANDS, NOW));
        assertThat(index.othersBegunAt(TARGET, ids.next())).isEmpty();
    }

    private void started(CommandReference command, Instant at) {
        index.read(Jobs.said(new Started(command, 1, "worker-1/1", 0), TARGET, at), Map.of());
    }

    private static Outcome outcome(CommandReference command) {
        return new Outcome(
                command,
                OutcomeStatus.SUCCEEDED,
                1,
                "worker-1/1",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void ended(CommandId id, long offset, Instant at) {
        index.ended(reference(id, offset), "hash", 1, at);
    }

    private static CommandReference reference(CommandId id, long offset) {
        return new CommandReference(id, "sha-256:x", Topics.COMMANDS, 0, offset);
    }

    @Test
    void a_settled_command_is_heard_of_only_if_another_record_of_it_can_come() {
        // Given
        CommandId recent = ids.next();
        CommandId old = ids.next();
        CommandId keyed = CommandIds.derived(List.of("keyed"));

        // When
        heard(recent, NOW.minus(Duration.ofMinutes(4)));
        heard(old, NOW.minus(Duration.ofMinutes(6)));
        heard(keyed, NOW.minus(Duration.ofHours(20)));

        // Then
        assertThat(index.heardOf(recent)).isPresent();
        assertThat(index.heardOf(old)).isEmpty();
        assertThat(index.heardOf(keyed)).isPresent();
    }

    @Test
    void what_was_heard_is_forgotten_as_what_was_read_is() {
        // Given
        CommandId recent = ids.next();
        CommandId keyed = CommandIds.derived(List.of("keyed"));
        heard(recent, NOW);
        heard(keyed, NOW.minus(Duration.ofHours(3)));
        heard(keyed, NOW);

        // When, then
        Instant later = NOW.plus(Duration.ofHours(1));
        index.forget(later, A_DAY, Map.of(Topics.COMMANDS, later));
        assertThat(index.heardOf(recent)).as("as long as a lane is behind").isPresent();

        index.forget(later, A_DAY, Map.of(Topics.COMMANDS, later, Topics.COMMANDS_BULK, later));
        assertThat(index.heardOf(recent)).isEmpty();
        assertThat(index.heardOf(keyed)).isPresent();

        Instant next = NOW.plus(Duration.ofHours(23));
        index.forget(next, A_DAY, Map.of(Topics.COMMANDS, next, Topics.COMMANDS_BULK, next));
        assertThat(index.heardOf(keyed)).as("by what was said last").isPresent();

        Instant last = NOW.plus(Duration.ofHours(25));
        index.forget(last, A_DAY, Map.of(Topics.COMMANDS, last, Topics.COMMANDS_BULK, last));
        assertThat(index.size()).isZero();
    }

    private void heard(CommandId id, Instant at) {
        index.heard(Jobs.mention(id, 7, at), NOW);
    }

    @Test
    void what_was_said_long_ago_comes_before_what_was_heard_of_first() {
        // Given
        CommandId keyed = CommandIds.derived(List.of("keyed"));
        CommandId old = CommandIds.derived(List.of("old"));
        index.hearing();
        heard(keyed, NOW);
        assertThat(index.isHearingOf(keyed)).isTrue();
        assertThat(index.isHearingOf(ids.next())).as("it can't be signed anew").isFalse();

        // When
        var longAgo = new Hearsay();
        longAgo.add(Jobs.mention(keyed, 2, NOW.minusSeconds(9)));
        longAgo.add(Jobs.mention(old, 3, NOW.minusSeconds(8)));
        index.heardAll(longAgo);

        // Then
        assertThat(index.isHearingOf(keyed)).isFalse();
        assertThat(index.heardOf(keyed))
                .contains(new Hearsay.Heard(
                        new LogRecord.Position(Topics.RESULTS, 0, 7),
                        new LogRecord.Position(Topics.RESULTS, 0, 2),
                        NOW));
        assertThat(index.heardOf(old)).isPresent();
    }

    @Test
    void what_can_not_be_trusted_is_remembered_while_a_record_waits_that_it_may_be_about() {
        CommandId id = ids.next();
        index.distrust(id, NOW.minus(Duration.ofHours(25)));

        Instant waits = NOW.minus(Duration.ofHours(2));
        index.forget(NOW, A_DAY, Map.of(Topics.COMMANDS, waits, Topics.COMMANDS_BULK, NOW));
        assertThat(index.distrustedSince(id)).isPresent();

        index.forget(NOW, A_DAY, Map.of(Topics.COMMANDS, NOW, Topics.COMMANDS_BULK, NOW));
        assertThat(index.distrustedSince(id)).isEmpty();
    }
}
