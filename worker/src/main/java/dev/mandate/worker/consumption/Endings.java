package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.worker.journal.Ending;
import dev.mandate.worker.journal.Journal;
import dev.mandate.worker.verification.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last word about records: an outcome, a repeat, or the quarantine. Then the next command for the target comes up.
 */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Journal journal;
    private final Starts starts;
    private final Steps steps;
    private final Ledger ledger;
    private final Doubts doubts;
    private final ConsumptionMetrics metrics;
    private final Clock clock;
    private final Consumer<Job> next;

    /** @param next takes up the next job for a target */
    Endings(
            Journal journal,
            Starts starts,
            Steps steps,
            Ledger ledger,
            Doubts doubts,
            ConsumptionMetrics metrics,
            Clock clock,
            Consumer<Job> next) {
        this.journal = journal;
        this.starts = starts;
        this.steps = steps;
        this.ledger = ledger;
        this.doubts = doubts;
        this.metrics = metrics;
        this.clock = clock;
        this.next = next;
    }

    /**
     * A command is over without, or after, a call whose result does not say how.
     *
     * @param status what it would be if nothing had been started; once something was, only {@code failed} and
     *     {@code unknown} are true
     */
    void over(Job job, OutcomeStatus status, Problem problem) {
        OutcomeStatus possible = !job.begun() || status == OutcomeStatus.UNKNOWN
                ? status
                : job.doubt() ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED;
        ended(job, possible, Optional.empty(), Optional.of(new OutcomeError(problem.code(), problem.message())));
    }

    /**
     * Nobody can tell whether a command was done, not even Auth0's log, since it is not sure what to look for. Such an
     * outcome follows a {@code started}; where the journal has none that can be trusted, one is appended before it.
     */
    void unknown(Job job, Problem problem) {
        if (job.attempts() == 0) {
            job.at(steps.next(job));
            starts.add(job, 1, () -> {}, () -> {});
            job.attempts(1);
        }
        conclude(
                job,
                OutcomeStatus.UNKNOWN,
                Optional.empty(),
                Optional.of(new OutcomeError(problem.code(), problem.message())));
    }

    /**
     * A command has its outcome; or if that is {@code unknown}, and Auth0's log knows better, it goes on from there.
     *
     * @param last how the last step of it ended that was begun; for a plain operation, how it ended
     */
    void ended(Job job, OutcomeStatus last, Optional<String> sealedResult, Optional<OutcomeError> error) {
        if (last == OutcomeStatus.UNKNOWN && Doubts.canBeSettled(job)) {
            doubts.settle(
                    job,
                    more -> conclude(
                            job,
                            last,
                            sealedResult,
                            error.map(reason -> new OutcomeError(reason.code(), reason.message() + more))));
        } else {
            conclude(job, last, sealedResult, error);
        }
    }

    private void conclude(Job job, OutcomeStatus last, Optional<String> sealedResult, Optional<OutcomeError> error) {
        Optional<List<StepOutcome>> lines = steps.lines(job, last, sealedResult, error);
        OutcomeStatus status = Steps.whole(last, lines);
        var ending = new Ending(
                status,
                clock.instant(),
                lines.map(Steps::lastAttempt).orElse(job.attempts()),
                job.authorization(),
                lines.isPresent() ? Optional.empty() : job.upstream(),
                lines.isPresent() ? Optional.empty() : sealedResult,
                error,
                lines,
                steps.notice(job, status, lines),
                status == OutcomeStatus.CANCELLED ? job.cancellation() : Optional.empty());
        add(
                job,
                () -> {
                    job.home()
                            .index()
                            .ended(
                                    job.received().reference(),
                                    job.received().command().context().requestHash(),
                                    ending.attempt(),
                                    clock.instant());
                    metrics.ended(status, Duration.between(job.received().appendedAt(), clock.instant()));
                    log(job, ending);
                },
                () -> Records.write(record(job.received(), ending)));
    }

    /**
     * The outcome's record. The broker takes no record beyond its limit, and an outcome that could not be appended
     * would hold its partition up for ever: then the answer is left out, and the facts if need be.
     */
    private OutgoingRecord record(ReceivedCommand received, Ending ending) {
        OutgoingRecord whole = journal.ended(received, ending);
        if (whole.value().length <= Records.MAX_VALUE) {
            return whole;
        }
        LOG.atWarn()
                .addKeyValue("commandId", received.command().id())
                .log("Outcome too large for the broker, shortened");
        OutgoingRecord withoutResult = journal.ended(received, ending.withoutResult());
        return withoutResult.value().length <= Records.MAX_VALUE
                ? withoutResult
                : journal.ended(received, ending.withoutResult().withoutAuthorization());
    }

    /** A record is a later one of a command already seen. */
    void repeated(Job job, Repeat.Kind kind) {
        add(job, () -> metrics.repeated(kind), () -> Records.write(journal.repeated(job.received(), kind)));
    }

    /** A record that seemed right so far can't be trusted. */
    void quarantined(Job job, RejectedException reason) {
        add(job, () -> noted(job.position(), reason), () -> copy(job.found(), reason));
    }

    /** A record can't even be read. */
    void quarantined(OwnedPartition home, LogRecord found, RejectedException reason) {
        ledger.add(new Ledger.Entry(
                home, () -> copy(found, reason), found.position(), () -> noted(found.position(), reason)));
    }

    private void add(Job job, Runnable committed, Supplier<ProducerRecord<byte[], byte[]>> record) {
        job.enter(Job.Stage.ENDING);
        ledger.add(new Ledger.Entry(job.home(), record, job.position(), committed));
        job.home().release(job).ifPresent(next);
    }

    private ProducerRecord<byte[], byte[]> copy(LogRecord found, RejectedException reason) {
        return Records.write(
                journal.quarantined(found, reason), found.position().partition());
    }

    private void noted(LogRecord.Position position, RejectedException reason) {
        metrics.quarantined(reason.code());
        LOG.atWarn()
                .addKeyValue("position", position)
                .addKeyValue("errorCode", reason.code().code())
                .addKeyValue("reason", reason.getMessage())
                .log("Record quarantined");
    }

    private static void log(Job job, Ending ending) {
        Command command = job.received().command();
        LOG.atInfo()
                .addKeyValue("commandId", command.id())
                .addKeyValue("tenant", command.context().tenant())
                .addKeyValue("action", command.context().action())
                .addKeyValue("target", command.context().target().id())
                .addKeyValue("requester", command.subject())
                .addKeyValue("attempt", ending.attempt())
                .addKeyValue("outcome", ending.status())
                .addKeyValue("errorCode", ending.error().map(OutcomeError::code).orElse(""))
                .log("Command ended");
    }
}
