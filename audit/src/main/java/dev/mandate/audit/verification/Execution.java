package dev.mandate.audit.verification;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.RecordChecks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at what reached Auth0, however it ended: was it allowed when it began, and is it what was asked for. */
final class Execution {

    private static final String NO_CALL = "It is said to be done, and no call to Auth0 is recorded.";
    private static final String NOT_COMPARED = "by a catalogue that is not known here, and so not compared with it";
    private static final String OUTCOMES_DECISION =
            "begun without a word on the decision behind it: the outcome's is taken";
    private static final Set<OutcomeStatus> DONE = Set.of(OutcomeStatus.SUCCEEDED, OutcomeStatus.ACCEPTED_UPSTREAM);

    private final Catalogue catalogue;
    private final Tally tally;

    Execution(Catalogue catalogue, Tally tally) {
        this.catalogue = catalogue;
        this.tally = tally;
    }

    /** From here on an attempt may have reached Auth0; so what allows it must be there by now. */
    void started(Command command, Started started, Instant at, Position place) {
        started.authorization().ifPresent(authorization -> {
            tally.examined(Check.EXECUTION);
            if (authorization.at().isAfter(at.plus(RecordChecks.SKEW))) {
                fails(place, command, "It was begun before the decision that allows it.");
            }
            notAllowed(authorization).ifPresent(reason -> fails(place, command, reason));
        });
    }

    /**
     * There is an outcome; the sighting does not know of it yet.
     *
     * @param known whether all of it was done by the catalogue that is known here
     */
    void ended(Sighting.Genuine genuine, Command command, Outcome outcome, boolean known, Position place) {
        boolean done = DONE.contains(outcome.status());
        List<StepOutcome> steps = outcome.steps().orElse(List.of());
        boolean called = outcome.upstream().isPresent()
                || steps.stream().anyMatch(step -> step.upstream().isPresent());
        if (!done && !called && steps.isEmpty()) {
            return;
        }
        tally.examined(Check.EXECUTION);
        if (done || called) {
            allowed(genuine, command, outcome, done, place);
        }
        if (steps.isEmpty() && done && outcome.upstream().isEmpty()) {
            fails(place, command, NO_CALL);
        }
        if (called && !known) {
            tally.leftOpen(Check.EXECUTION, NOT_COMPARED);
        }
        outcome.upstream()
                .ifPresent(call -> called(
                        command,
                        call,
                        known ? Optional.of(command.context().action()) : Optional.empty(),
                        done,
                        place));
        for (StepOutcome step : steps) {
            boolean isDone = step.status().isDone();
            if (isDone && step.upstream().isEmpty()) {
                fails(place, command, NO_CALL);
            }
            step.upstream()
                    .ifPresent(call -> called(
                            command, call, known ? Optional.of(step.action()) : Optional.empty(), isDone, place));
        }
    }

    /** What was begun under a decision has been looked at; a later one can't take back what was sent before it. */
    private void allowed(Sighting.Genuine genuine, Command command, Outcome outcome, boolean done, Position place) {
        Optional<Authorization> authorization = outcome.authorization();
        if (!genuine.isDecided()) {
            tally.note(Check.EXECUTION, OUTCOMES_DECISION);
            authorization
                    .map(Execution::notAllowed)
                    .orElse(Optional.of("It reached Auth0 without a decision that allows it."))
                    .ifPresent(reason -> fails(place, command, reason));
        } else if (done) {
            authorization.flatMap(Execution::notAllowed).ifPresent(reason -> fails(place, command, reason));
        }
    }

    private static Optional<String> notAllowed(Authorization authorization) {
        if (authorization.decision() != Effect.ALLOW) {
            return Optional.of("It reached Auth0 without a decision that allows it.");
        }
        boolean blind = authorization
                .facts()
                .map(facts ->
                        !facts.requester().application() && facts.requester().standing() != Standing.ACTIVE)
                .orElse(true);
        return blind
                ? Optional.of("It was done although nobody had looked whether the requester is still there.")
                : Optional.empty();
    }

    /** @param asked the operation that was asked for, absent if nobody here knows which call it takes */
    private void called(Command command, Upstream call, Optional<String> asked, boolean done, Position place) {
        if (!call.correlationId().equals(command.id().value())) {
            fails(place, command, "The call to Auth0 carried another correlation id than the command's.");
        }
        if (asked.isPresent()
                && !asked.flatMap(catalogue::find)
                        .filter(action -> isCall(action, call))
                        .isPresent()) {
            fails(place, command, "Another operation was called than the one that was asked for.");
        } else if (done && !call.status().map(Execution::isSuccess).orElse(true)) {
            fails(place, command, "It is said to be done, and Auth0's answer says otherwise.");
        } else if (!done && call.logId().isPresent()) {
            fails(place, command, "Auth0's log is said to show that it was done, and the outcome says otherwise.");
        }
    }

    private static boolean isCall(Action action, Upstream call) {
        return action.method().equals(call.method()) && action.path().equals(call.route());
    }

    /** Any 2xx (RFC 9110 §15.3): what Auth0 has done is done, even if it says so otherwise than it declares. */
    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private void fails(Position place, Command command, String reason) {
        tally.fails(Check.EXECUTION, place, command.id(), reason);
    }
}
