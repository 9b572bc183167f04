package dev.mandate.worker.consumption;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Step;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the journal, as far as it was read back, says of a record: has it been started, and is it a repeat. */
final class Recall {

    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Function<LogRecord.Position, LookUp.Result<String>> lookUp;
    private final Function<LogRecord.Position, LookUp.Result<CommandReference>> spokenOf;
    private final Workshop workshop;
    private final BiConsumer<Job, Repeat.Kind> repeat;
    private final CallWindow window;
    private final Clock clock;

    /**
     * @param lookUp looks the request hash of a command up in the log
     * @param spokenOf looks up in the journal of which record it spoke
     * @param repeat ends a job that is a repeat
     */
    Recall(
            Function<LogRecord.Position, LookUp.Result<String>> lookUp,
            Function<LogRecord.Position, LookUp.Result<CommandReference>> spokenOf,
            Workshop workshop,
            BiConsumer<Job, Repeat.Kind> repeat,
            CallWindow window,
            Clock clock) {
        this.lookUp = lookUp;
        this.spokenOf = spokenOf;
        this.workshop = workshop;
        this.repeat = repeat;
        this.window = window;
        this.clock = clock;
    }

    /** Goes on once it is known what the journal said of a command that had ended before this worker came. */
    void whenRemembered(Job job, Runnable then) {
        JournalIndex index = job.home().index();
        CommandId id = job.received().command().id();
        if (index.isHearingOf(id)) {
            later(job, RETRY, () -> whenRemembered(job, then));
            return;
        }
        Optional<Hearsay.Heard> heard = index.heardOf(id);
        if (heard.isEmpty()) {
            then.run();
            return;
        }
        remember(job, heard.get(), heard.get().places(), then);
    }

    /** Reads at one place after the other, until one tells. */
    private void remember(Job job, Hearsay.Heard heard, List<LogRecord.Position> places, Runnable then) {
        JournalIndex index = job.home().index();
        CommandId id = job.received().command().id();
        lookUp(job, spokenOf, places.getFirst(), found -> {
            // What is said of this very record is not about a settled one, whatever was thought: that is not believed.
            Optional<CommandReference> first = found.filter(one -> !isOf(one, job.position()));
            if (index.heardOf(id).isEmpty()) {
                // Another record of the command has come meanwhile.
                then.run();
            } else if (first.isPresent()) {
                index.remembered(first.get(), heard.at());
                then.run();
            } else if (places.size() > 1) {
                remember(job, heard, places.subList(1, places.size()), then);
            } else {
                LOG.atError().addKeyValue("position", heard.last()).log("Journal record not trusted");
                index.distrustHeard(id, heard.at());
                then.run();
            }
        });
    }

    private static boolean isOf(CommandReference command, LogRecord.Position position) {
        return position.equals(new LogRecord.Position(command.topic(), command.partition(), command.offset()));
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
        later(job, wait, then);
    }

    private void later(Job job, Duration wait, Runnable then) {
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
            first.requestHash()
                    .ifPresentOrElse(
                            hash -> repeated(job, hash),
                            () -> lookUp(
                                    job,
                                    lookUp,
                                    first.first(),
                                    found -> found.ifPresentOrElse(
                                            hash -> repeated(job, hash),
                                            () -> repeat.accept(job, Repeat.Kind.CONFLICT))));
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

    /** Looks something up beside the loop, until it can be told; with nothing if there is no such record any more. */
    private <T> void lookUp(
            Job job,
            Function<LogRecord.Position, LookUp.Result<T>> where,
            LogRecord.Position position,
            Consumer<Optional<T>> then) {
        workshop.submit(job, () -> where.apply(position), LookUp.Result.NotNow<T>::new, result -> {
            if (!job.home().isOpen()) {
                return;
            }
            switch (result) {
                case LookUp.Result.Found<T> found -> then.accept(Optional.of(found.what()));
                case LookUp.Result.Nothing<T> _ -> then.accept(Optional.empty());
                case LookUp.Result.NotNow<T> _ -> later(job, RETRY, () -> lookUp(job, where, position, then));
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
