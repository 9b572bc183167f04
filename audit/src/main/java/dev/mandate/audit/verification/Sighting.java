package dev.mandate.audit.verification;

import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.quarantine.Fingerprint;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record on a command topic, with what the journal and the quarantine have said of it so far. */
abstract sealed class Sighting {

    private final Position position;
    private final Instant appendedAt;
    private final Fingerprint fingerprint;
    private boolean quarantined;

    Sighting(Position position, Instant appendedAt, Fingerprint fingerprint) {
        this.position = position;
        this.appendedAt = appendedAt;
        this.fingerprint = fingerprint;
    }

    Position position() {
        return position;
    }

    Instant appendedAt() {
        return appendedAt;
    }

    /** What a worker's word about it is compared with. */
    Fingerprint fingerprint() {
        return fingerprint;
    }

    void quarantine() {
        quarantined = true;
    }

    boolean quarantined() {
        return quarantined;
    }

    /** A record that is no genuine command. */
    static final class Untrusted extends Sighting {

        private final RejectedException reason;
        private @Nullable Position spokenOfAt;

        Untrusted(Position position, Instant appendedAt, Fingerprint fingerprint, RejectedException reason) {
            super(position, appendedAt, fingerprint);
            this.reason = reason;
        }

        /** Why it is none: the code, and one sentence. */
        String reason() {
            return reason.code().code() + ": " + reason.getMessage() + ".";
        }

        /** The journal speaks of it as if it were a command. */
        void spokenOf(Position at) {
            if (spokenOfAt == null) {
                spokenOfAt = at;
            }
        }

        @Nullable Position spokenOfAt() {
            return spokenOfAt;
        }
    }

    /** A command that the intake signed, where it belongs. */
    static final class Genuine extends Sighting {

        private final String payloadHash;
        private final String requestHash;
        private final Instant deadline;
        private final Chain chain;
        private final Instant signedAt;
        private @Nullable ReceivedCommand body;
        private int attempts;
        private boolean decided = true;
        private boolean known = true;
        private boolean late;
        private boolean onlyLate;
        private @Nullable StepStarted step;
        private @Nullable Position startedAt;
        private @Nullable Position endedAt;
        private @Nullable OutcomeStatus status;
        private Repeat.@Nullable Kind repeat;

        Genuine(ReceivedCommand body, Fingerprint fingerprint) {
            super(body.position(), body.appendedAt(), fingerprint);
            this.body = body;
            this.payloadHash = body.payloadHash();
            this.requestHash = body.command().context().requestHash();
            this.deadline = body.command().deadline();
            this.chain = body.command().chain();
            this.signedAt = body.command().issuedAt();
        }

        String payloadHash() {
            return payloadHash;
        }

        String requestHash() {
            return requestHash;
        }

        Instant deadline() {
            return deadline;
        }

        Chain chain() {
            return chain;
        }

        Instant signedAt() {
            return signedAt;
        }

        /** The whole command, until its decisions have been looked at. */
        @Nullable ReceivedCommand body() {
            return body;
        }

        void dropBody() {
            body = null;
        }

        /** Of the step that was begun last, if it is a macro. */
        int attempts() {
            return attempts;
        }

        @Nullable Position startedAt() {
            return startedAt;
        }

        /** The step of a macro that was begun last. */
        @Nullable StepStarted step() {
            return step;
        }

        /** Whether this step is another than the one that was begun last. */
        boolean isNew(Optional<StepStarted> begun) {
            return begun.map(one -> step == null || one.index() != step.index()).orElse(false);
        }

        /**
         * An attempt was announced.
         *
         * @param isKnown whether it was decided with the catalogue that is known here
         * @param isLate whether that was after the deadline
         */
        void started(Started started, boolean isKnown, boolean isLate, Position at) {
            boolean first = startedAt == null || isNew(started.step());
            attempts = first ? started.attempt() : Math.max(attempts, started.attempt());
            decided &= started.authorization().isPresent();
            known &= isKnown;
            onlyLate = isLate && (first || onlyLate);
            late = isLate;
            step = started.step().orElse(step);
            startedAt = at;
        }

        /** Whether something was announced, and nothing without the decision that allows it. */
        boolean isDecided() {
            return startedAt != null && decided;
        }

        /** Whether nothing was announced under a catalogue that is not known here. */
        boolean isKnown() {
            return known;
        }

        /** Whether the last attempt was announced after the deadline. */
        boolean isLate() {
            return late;
        }

        /** Whether that is so of every attempt at the step that was begun last, or at the whole. */
        boolean isOnlyLate() {
            return onlyLate;
        }

        @Nullable Position endedAt() {
            return endedAt;
        }

        @Nullable OutcomeStatus status() {
            return status;
        }

        void ended(OutcomeStatus how, Position at) {
            status = how;
            endedAt = at;
            step = null;
        }

        Repeat.@Nullable Kind repeat() {
            return repeat;
        }

        void repeated(Repeat.Kind kind) {
            repeat = kind;
        }
    }
}
