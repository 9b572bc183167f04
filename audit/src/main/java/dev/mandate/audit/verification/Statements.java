package dev.mandate.audit.verification;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.topic.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows what the journal says of a command, one statement after the other. */
final class Statements {

    private static final Set<OutcomeStatus> NEEDS_START =
            Set.of(OutcomeStatus.SUCCEEDED, OutcomeStatus.ACCEPTED_UPSTREAM, OutcomeStatus.UNKNOWN);

    private static final Set<OutcomeStatus> DONE = Set.of(OutcomeStatus.SUCCEEDED, OutcomeStatus.ACCEPTED_UPSTREAM);

    private final Tally tally;
    private final Decisions decisions;
    private final Execution execution;
    private final StepOrder steps;
    private final Cancelled cancelled;
    private final Resolutions resolutions;
    private final Retention retention;

    Statements(
            Tally tally,
            Decisions decisions,
            Execution execution,
            StepOrder steps,
            Cancelled cancelled,
            Resolutions resolutions,
            Retention retention) {
        this.tally = tally;
        this.decisions = decisions;
        this.execution = execution;
        this.steps = steps;
        this.cancelled = cancelled;
        this.resolutions = resolutions;
        this.retention = retention;
    }

    /** A statement about this command. */
    void of(Sighting.Genuine genuine, ReceivedStatement received) {
        if (refersTo(genuine, received)) {
            switch (received.statement().event()) {
                case Started started -> started(genuine, started, received);
                case Outcome outcome -> ended(genuine, outcome, received);
                case Repeat repeat -> genuine.repeated(repeat.kind());
            }
        }
    }

    private boolean refersTo(Sighting.Genuine genuine, ReceivedStatement received) {
        CommandReference reference = received.statement().event().command();
        String wrong = null;
        if (!reference.payloadHash().equals(genuine.payloadHash())) {
            wrong = "It claims another hash than the record at " + genuine.position() + " has.";
        } else {
            ReceivedCommand body = genuine.body();
            if (body != null
                    && !(reference.id().equals(body.command().id())
                            && received.statement()
                                    .transaction()
                                    .equals(body.command().transaction())
                            && received.statement()
                                    .subject()
                                    .equals(body.command().context().target().id()))) {
                wrong = "Its id, transaction or subject are not those of the command at " + genuine.position() + ".";
            }
        }
        if (wrong != null) {
            tally.fails(Check.REFERENCES, received.position(), reference.id(), wrong);
        }
        return wrong == null;
    }

    private void started(Sighting.Genuine genuine, Started started, ReceivedStatement received) {
        tally.examined(Check.STARTS);
        CommandId id = started.command().id();
        if (genuine.endedAt() != null) {
            tally.fails(
                    Check.STARTS,
                    received.position(),
                    id,
                    "It was started after its outcome at " + genuine.endedAt() + ".");
        } else if (started.attempt() <= genuine.attempts() && !genuine.isNew(started.step())) {
            tally.fails(Check.STARTS, received.position(), id, "This attempt was started before.");
        }
        if (genuine.isLate() && genuine.isNew(started.step())) {
            tally.fails(Check.STARTS, received.position(), id, "It follows a step that was begun after the deadline.");
        }
        boolean known = isKnown(started.authorization());
        if (!mayLackStarts(genuine)) {
            steps.started(genuine, started, known, received.position());
        }
        ReceivedCommand body = genuine.body();
        if (body != null) {
            Command command = body.command();
            started.authorization()
                    .ifPresent(authorization -> decisions.worker(command, authorization, received.position()));
            execution.started(command, started, received.statement().occurredAt(), received.position());
        }
        // Such a one is no wrong yet: what could be appended only then is not sent any more.
        boolean late = received.statement().occurredAt().isAfter(genuine.deadline());
        genuine.started(started, known, late, received.position());
    }

    private void ended(Sighting.Genuine genuine, Outcome outcome, ReceivedStatement received) {
        CommandId id = outcome.command().id();
        if (genuine.endedAt() != null) {
            tally.fails(
                    Check.OUTCOMES,
                    received.position(),
                    id,
                    "A second outcome, " + name(outcome.status()) + "; the first is " + name(genuine.status()) + " at "
                            + genuine.endedAt() + ".");
            return;
        }
        tally.examined(Check.STARTS);
        // An attempt that Auth0 refused for the moment is repeated without being announced again.
        boolean announced =
                outcome.attempt() >= genuine.attempts() && (outcome.attempt() == 0) == (genuine.attempts() == 0);
        boolean complete = !mayLackStarts(genuine);
        if (!complete) {
            tally.leftOpen(Check.STARTS, "of a time of which retention has removed what was said before");
        } else if (!announced) {
            tally.fails(
                    Check.STARTS,
                    received.position(),
                    id,
                    "The outcome is that of attempt " + outcome.attempt() + "; the last that was announced is "
                            + genuine.attempts() + ".");
        } else if (NEEDS_START.contains(outcome.status()) && outcome.attempt() == 0) {
            tally.fails(
                    Check.STARTS,
                    received.position(),
                    id,
                    "It is " + name(outcome.status()) + ", and was never announced as started.");
        }
        if (sentLate(genuine, outcome, complete)) {
            tally.fails(
                    Check.STARTS,
                    received.position(),
                    id,
                    "It was sent to Auth0, and was started only after its deadline.");
        }
        boolean known = genuine.isKnown() && isKnown(outcome.authorization());
        if (complete) {
            steps.ended(genuine, outcome, known, received.position());
        }
        ReceivedCommand body = genuine.body();
        if (body != null) {
            Command command = body.command();
            decisions.intake(command, genuine.position());
            outcome.authorization()
                    .ifPresent(authorization -> decisions.worker(command, authorization, received.position()));
            if (complete || genuine.isDecided()) {
                execution.ended(genuine, command, outcome, known, received.position());
            } else {
                tally.leftOpen(Check.EXECUTION, "of which retention may have removed the decision");
            }
            cancelled.ended(genuine, command, outcome, received);
            if (outcome.status() == OutcomeStatus.UNKNOWN) {
                resolutions.unknown(command, received);
            }
        }
        genuine.ended(outcome.status(), received.position());
        genuine.dropBody();
    }

    /** Whether the journal may have said more of a command than is left. */
    private boolean mayLackStarts(Sighting.Genuine genuine) {
        return retention.mayHaveRemoved(Topics.RESULTS, genuine.position().partition(), genuine.appendedAt());
    }

    /** What was begun late in all its attempts was never sent; what was begun late at last did not succeed. */
    private static boolean sentLate(Sighting.Genuine genuine, Outcome outcome, boolean complete) {
        StepStarted step = genuine.step();
        List<StepOutcome> lines = outcome.steps().orElse(List.of());
        boolean called = outcome.upstream().isPresent();
        boolean done = DONE.contains(outcome.status());
        if (step != null && step.index() < lines.size()) {
            called = lines.get(step.index()).upstream().isPresent();
            done = lines.get(step.index()).status().isDone();
        }
        return (genuine.isLate() && done) || (complete && genuine.isOnlyLate() && called);
    }

    private boolean isKnown(Optional<Authorization> authorization) {
        return authorization.map(decisions::isKnown).orElse(true);
    }

    private static String name(@Nullable OutcomeStatus status) {
        return String.valueOf(status).toLowerCase(Locale.ROOT);
    }
}
