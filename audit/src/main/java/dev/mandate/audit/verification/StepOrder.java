package dev.mandate.audit.verification;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.Step;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows macros step by step: each begins after the one before it was done, and each has its line in the outcome. */
final class StepOrder {

    private final Catalogue catalogue;
    private final Tally tally;

    StepOrder(Catalogue catalogue, Tally tally) {
        this.catalogue = catalogue;
        this.tally = tally;
    }

    /** An attempt is announced; the sighting does not know of it yet. */
    void started(Sighting.Genuine genuine, Started started, Position place) {
        examine(genuine, started.step().isPresent(), place, names -> wrong(genuine, started, names));
    }

    /** There is an outcome; the sighting does not know of it yet. */
    void ended(Sighting.Genuine genuine, Outcome outcome, Position place) {
        boolean lacksLines = genuine.attempts() > 0 && outcome.steps().isEmpty();
        examine(
                genuine,
                outcome.steps().isPresent(),
                place,
                names -> lacksLines
                        ? "Something was begun of it, and its outcome has no lines for its steps."
                        : outcome.steps()
                                .map(lines -> wrong(genuine, outcome, lines, names))
                                .orElse(null));
    }

    private interface Rule {

        /** What is wrong, null if nothing is. */
        @Nullable String wrong(List<String> steps);
    }

    private void examine(Sighting.Genuine genuine, boolean hasSteps, Position place, Rule rule) {
        ReceivedCommand body = genuine.body();
        if (body == null) {
            return;
        }
        Command command = body.command();
        Optional<Action> action = catalogue.find(command.context().action());
        List<String> names = action.map(Action::steps).orElse(List.of()).stream()
                .map(Step::action)
                .toList();
        if (names.isEmpty() && !hasSteps) {
            return;
        }
        tally.examined(Check.STEPS);
        String wrong = names.isEmpty() ? "It is told of in steps, and its action has none." : rule.wrong(names);
        if (wrong != null) {
            tally.fails(Check.STEPS, place, command.id(), wrong);
        }
    }

    private static @Nullable String wrong(Sighting.Genuine genuine, Started started, List<String> names) {
        StepStarted step = started.step().orElse(null);
        if (step == null) {
            return "It was started without a word on which of its steps that is.";
        }
        int index = step.index();
        if (index >= names.size()
                || !step.action().equals(names.get(index))
                || !actions(step.before()).equals(names.subList(0, index))) {
            return "These are not the steps that its action has.";
        }
        StepStarted last = genuine.step();
        int reached = last == null ? -1 : last.index();
        if (index != reached && index != reached + 1) {
            return "Step " + (index + 1) + " was begun after step " + (reached + 1) + ".";
        }
        return last != null && !continues(last, genuine.attempts(), step.before())
                ? "Of the steps before it another story is told than when they were begun."
                : null;
    }

    /** Whether these lines go on from what was known when a step was begun. */
    private static boolean continues(StepStarted last, int attempts, List<StepOutcome> lines) {
        return lines.size() >= last.index()
                && withoutResults(last.before()).equals(withoutResults(lines.subList(0, last.index())))
                && (lines.size() == last.index() || lines.get(last.index()).attempt() >= attempts);
    }

    private static @Nullable String wrong(
            Sighting.Genuine genuine, Outcome outcome, List<StepOutcome> lines, List<String> names) {
        if (!actions(lines).equals(names)) {
            return "Its lines are not those of the steps that its action has.";
        }
        StepStarted last = genuine.step();
        long begun = lines.stream()
                .filter(line -> line.status() != StepStatus.NOT_DONE)
                .count();
        if (last == null || begun != last.index() + 1) {
            return begun + " of its steps are said to have been begun; announced were "
                    + (last == null ? 0 : last.index() + 1) + ".";
        }
        if (!continues(last, genuine.attempts(), lines)) {
            return "Its lines tell another story of its steps than when they were begun.";
        }
        if (lines.stream().skip(begun).anyMatch(line -> line.status() != StepStatus.NOT_DONE)) {
            return "A step is said to have been begun after one that was not.";
        }
        return isSum(outcome.status(), lines, lines.get(last.index()).status())
                ? null
                : "Its lines do not add up to " + outcome.status() + ".";
    }

    private static boolean isSum(OutcomeStatus whole, List<StepOutcome> lines, StepStatus last) {
        boolean all = lines.stream().map(StepOutcome::status).allMatch(StepStatus::isDone);
        boolean accepted = lines.stream().map(StepOutcome::status).anyMatch(StepStatus.ACCEPTED_UPSTREAM::equals);
        return switch (whole) {
            case SUCCEEDED -> all && !accepted;
            case ACCEPTED_UPSTREAM -> all && accepted;
            case FAILED -> last == StepStatus.FAILED || (last.isDone() && !all);
            case UNKNOWN -> last == StepStatus.UNKNOWN;
            case DENIED, EXPIRED, CANCELLED -> false;
        };
    }

    private static List<String> actions(List<StepOutcome> lines) {
        return lines.stream().map(StepOutcome::action).toList();
    }

    private static List<StepOutcome> withoutResults(List<StepOutcome> lines) {
        return lines.stream().map(StepOutcome::withoutResult).toList();
    }
}
