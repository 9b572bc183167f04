package dev.mandate.worker.journal;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.quarantine.Fingerprint;
import dev.mandate.contracts.quarantine.QuarantineStatement;
import dev.mandate.contracts.quarantine.QuarantineWriter;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes this worker's signed statements, about commands and about what is none. A record is signed when it is about to
 * be appended, not before.
 */
public final class Journal {

    private final JournalWriter writer;
    private final QuarantineWriter quarantine;
    private final CommandIds ids;
    private final Clock clock;
    private final String issuer;
    private final String environment;
    private final String worker;

    /**
     * The journal of one run of a worker.
     *
     * @param worker the instance and its start: {@code worker-3/1795456800123}
     */
    public Journal(
            JournalWriter writer,
            QuarantineWriter quarantine,
            CommandIds ids,
            Clock clock,
            String issuer,
            String environment,
            String worker) {
        this.writer = writer;
        this.quarantine = quarantine;
        this.ids = ids;
        this.clock = clock;
        this.issuer = issuer;
        this.environment = environment;
        this.worker = worker;
    }

    /** The instance and its start. */
    public String worker() {
        return worker;
    }

    /**
     * From here on the command may reach Auth0.
     *
     * @param consumed the offset up to which the command's partition has been read
     * @param authorization the decision that allows it
     * @param step the step that begins, if it is a macro
     */
    public OutgoingRecord started(
            ReceivedCommand received,
            int attempt,
            long consumed,
            Optional<Authorization> authorization,
            Optional<StepStarted> step) {
        return write(
                received,
                clock.instant(),
                new Started(received.reference(), attempt, worker, consumed, authorization, step));
    }

    /** How a command ended. */
    public OutgoingRecord ended(ReceivedCommand received, Ending ending) {
        return write(
                received,
                ending.at(),
                new Outcome(
                        received.reference(),
                        ending.status(),
                        ending.attempt(),
                        worker,
                        ending.authorization(),
                        List.of(),
                        ending.upstream(),
                        ending.sealedResult(),
                        ending.error(),
                        ending.steps(),
                        ending.notice(),
                        ending.cancellation()));
    }

    /** A later record of a command already seen. */
    public OutgoingRecord repeated(ReceivedCommand received, Repeat.Kind kind) {
        return write(received, clock.instant(), new Repeat(received.reference(), kind, worker));
    }

    /** A record that can't be trusted, as it goes into quarantine: byte for byte, and why. */
    public QuarantineWriter.Copy quarantined(LogRecord found, RejectedException reason) {
        return quarantine.write(
                new QuarantineStatement(
                        issuer,
                        QuarantineStatement.audience(environment),
                        now(),
                        worker,
                        found.position(),
                        reason.code().code(),
                        String.valueOf(reason.getMessage()),
                        Fingerprint.of(found)),
                found);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private OutgoingRecord write(ReceivedCommand received, Instant occurredAt, JournalEvent event) {
        Command command = received.command();
        var bind = new Bind(
                Topics.RESULTS, received.position().partition(), command.bind().key());
        return writer.write(new JournalStatement(
                issuer,
                JournalStatement.audience(environment),
                ids.next(),
                now(),
                occurredAt.truncatedTo(ChronoUnit.SECONDS),
                command.transaction(),
                command.context().target().id(),
                bind,
                event));
    }
}
