package dev.mandate.worker.consumption;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.Step;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the journal is told of macros: which step begins, and a line for each of them in the outcome. A macro stops at
 * the first step that is not done; what was done before it stays done.
 */
final class Steps {

    private final Catalogue catalogue;

    Steps(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The step that a job would begin next; none if it is a plain operation. */
    Optional<StepStarted> next(Job job) {
        List<String> names = names(job);
        int index = job.done().size();
        return index < names.size()
                ? Optional.of(new StepStarted(index, names.get(index), job.done()))
                : Optional.empty();
    }

    /**
     * The line of the step that was begun last.
     *
     * @param status what the command's would be if it were that step alone
     */
    Optional<StepOutcome> line(
            Job job, OutcomeStatus status, Optional<String> sealedResult, Optional<OutcomeError> error) {
        return job.step()
                .map(step -> new StepOutcome(
                        step.action(), of(status), job.attempts(), job.upstream(), sealedResult, error));
    }

    /** All lines; none if nothing was begun, or it is a plain operation. */
    Optional<List<StepOutcome>> lines(
            Job job, OutcomeStatus status, Optional<String> sealedResult, Optional<OutcomeError> error) {
        List<StepOutcome> lines = new ArrayList<>(job.done());
        line(job, status, sealedResult, error).ifPresent(lines::add);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        names(job).stream().skip(lines.size()).map(StepOutcome::notDone).forEach(lines::add);
        return Optional.of(lines);
    }

    /** The status of the whole: Auth0 has accepted it when it has only accepted one of its steps. */
    static OutcomeStatus whole(OutcomeStatus last, Optional<List<StepOutcome>> lines) {
        boolean accepted =
                lines.stream().flatMap(List::stream).anyMatch(line -> line.status() == StepStatus.ACCEPTED_UPSTREAM);
        return last == OutcomeStatus.SUCCEEDED && accepted ? OutcomeStatus.ACCEPTED_UPSTREAM : last;
    }

    /** What the catalogue has to say of an action that was done, or may have been, or of which a part was. */
    Optional<String> notice(Job job, OutcomeStatus status, Optional<List<StepOutcome>> lines) {
        boolean done = isDone(status)
                || status == OutcomeStatus.UNKNOWN
                || lines.map(all -> all.getFirst().status().isDone()).orElse(false);
        return done ? action(job).flatMap(Action::notice) : Optional.empty();
    }

    /** The number of the last attempt at any step. */
    static int lastAttempt(List<StepOutcome> lines) {
        return lines.stream()
                .filter(line -> line.status() != StepStatus.NOT_DONE)
                .toList()
                .getLast()
                .attempt();
    }

    static boolean isDone(OutcomeStatus status) {
        return status == OutcomeStatus.SUCCEEDED || status == OutcomeStatus.ACCEPTED_UPSTREAM;
    }

    private Optional<Action> action(Job job) {
        return catalogue.find(job.received().command().context().action());
    }

    private List<String> names(Job job) {
        return action(job).map(Action::steps).orElse(List.of()).stream()
                .map(Step::action)
                .toList();
    }

    private static StepStatus of(OutcomeStatus status) {
        return switch (status) {
            case SUCCEEDED -> StepStatus.SUCCEEDED;
            case ACCEPTED_UPSTREAM -> StepStatus.ACCEPTED_UPSTREAM;
            case UNKNOWN -> StepStatus.UNKNOWN;
            case FAILED, DENIED, EXPIRED, CANCELLED -> StepStatus.FAILED;
        };
    }
}
