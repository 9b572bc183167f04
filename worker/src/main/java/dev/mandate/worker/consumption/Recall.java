package dev.mandate.worker.consumption;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Step;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the journal, as far as it was read back, says of a record: has it been started, and is it a repeat. */
final class Recall {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Function<LogRecord.Position, LookUp.Result> lookUp;
    private final Workshop workshop;
    private final BiConsumer<Job, Repeat.Kind> repeat;
    private final CallWindow window;
    private final Clock clock;

    /**
     * @param lookUp looks the request hash of a command up in the log
     * @param repeat ends a job that is a repeat
     */
    Recall(
            Function<LogRecord.Position, LookUp.Result> lookUp,
            Workshop workshop,
            BiConsumer<Job, Repeat.Kind> repeat,
            CallWindow window,
            Clock clock) {
        this.lookUp = lookUp;
        this.workshop = workshop;
        this.repeat = repeat;
        this.window = window;
        this.clock = clock;
    }

    /** Notes on a job which attempts were started before it was read: it may have been done. */
    void note(Job job) {
        startedBefore(job).ifPresent(entry -> {
            job.attempts(entry.attempts());
            // Of several attempts the journal's index knows only when the last was begun.
            if (entry.attempts() == 1) {
                job.begunAt(entry.seenAt());
            } else {
                job.begunAt(job.received().appendedAt());
            }
            job.at(entry.step());
            job.inDoubt();
        });
    }

    /** Whether what was started of a command are the first of the steps that its action has now. */
    boolean fits(Job job, Action action) {
        List<String> steps = action.steps().stream().map(Step::action).toList();
        return startedBefore(job)
                .map(entry -> entry.step()
                        .map(step -> steps.size() > step.index()
                                && steps.subList(0, step.index() + 1).equals(actions(step)))
                        .orElse(steps.isEmpty()))
                .orElse(true);
    }

    private static List<String> actions(StepStarted step) {
        return Stream.concat(step.before().stream().map(StepOutcome::action), Stream.of(step.action()))
                .toList();
    }

    /** Whether the journal names this command in a record that can't be trusted. */
    boolean isDistrusted(Job job) {
        return distrustedSince(job).isPresent();
    }

    /** Goes on once no earlier call for this command can be under way any more. */
    void whenOver(Job job, Runnable then) {
        when(
                job,
                Stream.of(startedBefore(job).map(JournalIndex.Entry::seenAt), distrustedSince(job))
                        .flatMap(Optional::stream),
                then);
    }

    /**
     * Goes on once no call for another command with this target can be under way any more: that one may stand in the
     * other lane, and come up later. What only reads does no harm beside it, and goes on at once.
     */
    void whenTargetIsFree(Job job, Runnable then) {
        Optional<Instant> others = job.onlyReads()
                ? Optional.empty()
                : job.home()
                        .index()
                        .othersBegunAt(job.key(), job.received().command().id());
        when(job, others.stream(), then);
    }

    private void when(Job job, Stream<Instant> begun, Runnable then) {
        Duration wait = begun.map(at -> window.untilOver(at, job.home().recoveredAt(), clock.instant()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (wait.isZero()) {
            then.run();
            return;
        }
        job.enter(Job.Stage.WAITING);
        workshop.later(wait, () -> {
            if (job.home().isOpen()) {
                then.run();
            }
        });
    }

    /** The first record of a command decides; every later one is a repeat, and over with that. */
    boolean isNew(Job job) {
        Command command = job.received().command();
        Optional<JournalIndex.Entry> known = job.home().index().find(command.id());
        if (known.isEmpty()) {
            job.home()
                    .index()
                    .takenUp(job.received().reference(), command.context().requestHash(), clock.instant());
            return true;
        }
        JournalIndex.Entry first = known.get();
        if (first.first().equals(job.position())) {
            return true;
        }
        if (first.payloadHash().equals(job.received().payloadHash())) {
            repeat.accept(job, Repeat.Kind.DUPLICATE);
        } else {
            first.requestHash().ifPresentOrElse(hash -> repeated(job, hash), () -> lookUp(job, first.first()));
        }
        return false;
    }

    /** Whether no earlier record of its command is known. */
    boolean isFirst(Job job) {
        return job.home()
                .index()
                .find(job.received().command().id())
                .map(entry -> entry.first().equals(job.position()))
                .orElse(true);
    }

    private void lookUp(Job job, LogRecord.Position first) {
        workshop.submit(job, () -> lookUp.apply(first), LookUp.Result.NotNow::new, result -> {
            if (!job.home().isOpen()) {
                return;
            }
            switch (result) {
                case LookUp.Result.Found found -> repeated(job, found.requestHash());
                case LookUp.Result.Nothing nothing -> repeat.accept(job, Repeat.Kind.CONFLICT);
                case LookUp.Result.NotNow later -> {
                    job.enter(Job.Stage.WAITING);
                    workshop.later(RETRY, () -> {
                        if (job.home().isOpen()) {
                            lookUp(job, first);
                        }
                    });
                }
            }
        });
    }

    private void repeated(Job job, String firstHash) {
        boolean same = firstHash.equals(job.received().command().context().requestHash());
        repeat.accept(job, same ? Repeat.Kind.DUPLICATE : Repeat.Kind.CONFLICT);
    }

    private static Optional<JournalIndex.Entry> startedBefore(Job job) {
        return job.home()
                .index()
                .find(job.received().command().id())
                .filter(entry -> entry.attempts() > 0 && entry.first().equals(job.position()));
    }

    private static Optional<Instant> distrustedSince(Job job) {
        return job.home().index().distrustedSince(job.received().command().id());
    }
}
