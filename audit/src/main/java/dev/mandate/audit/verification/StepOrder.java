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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows macros step by step: each begins after the one before it was done, and each has its line in the outcome. */
final class StepOrder {

    private static final String NOT_COMPARED =
            "by a catalogue that is not known here: only the journal's own statements are compared";

    private final Catalogue catalogue;
    private final Tally tally;

    StepOrder(Catalogue catalogue, Tally tally) {
        this.catalogue = catalogue;
        this.tally = tally;
    }

    /**
     * An attempt is announced; the sighting does not know of it yet.
     *
     * @param known whether the catalogue that it was decided with is known here
     */
    void started(Sighting.Genuine genuine, Started started, boolean known, Position place) {
        examine(genuine, started.step().isPresent(), known, place, names -> wrong(genuine, started, names));
    }

    /**
     * There is an outcome; the sighting does not know of it yet.
     *
     * @param known whether the catalogue that all of it was done by is known here
     */
    void ended(Sighting.Genuine genuine, Outcome outcome, boolean known, Position place) {
        boolean lacksLines = genuine.attempts() > 0 && outcome.steps().isEmpty();
        examine(
                genuine,
                outcome.steps().isPresent(),
                known,
                place,
                names -> lacksLines
                        ? "Something was begun of it, and its outcome has no lines for its steps."
                        : outcome.steps()
                                .map(lines -> wrong(genuine, outcome, lines, names))
                                .orElse(null));
    }

    private interface Rule {

        /**
         * What is wrong, null if nothing is.
         *
         * @param names those of the steps; absent where the journal's own statements are all that can be compared
         */
        @Nullable String wrong(Optional<List<String>> names);
    }

    private void examine(Sighting.Genuine genuine, boolean hasSteps, boolean known, Position place, Rule rule) {
        ReceivedCommand body = genuine.body();
        if (body == null) {
            return;
        }
        Command command = body.command();
        List<String> names = catalogue.find(command.context().action()).map(Action::steps).orElse(List.of()).stream()
                .map(Step::action)
                .toList();
        boolean isMacro = hasSteps || (known ? !names.isEmpty() : genuine.step() != null);
        if (!isMacro) {
            return;
        }
        tally.examined(Check.STEPS);
        if (!known) {
            tally.leftOpen(Check.STEPS, NOT_COMPARED);
        }
        String wrong = known && names.isEmpty()
                ? "It is told of in steps, and its action has none."
                : rule.wrong(known ? Optional.of(names) : Optional.empty());
        if (wrong != null) {
            tally.fails(Check.STEPS, place, command.id(), wrong);
        }
    }

    private static @Nullable String wrong(Sighting.Genuine genuine, Started started, Optional<List<String>> names) {
        StepStarted step = started.step().orElse(null);
        if (step == null) {
            return "It was started without a word on which of its steps that is.";
        }
        int index = step.index();
        if (!begins(names, told(step))) {
            return "These are not the steps that its action has.";
        }
        StepStarted last = genuine.step();
        int reached = last == null ? -1 : last.index();
        if (index != reached && index != reached + 1) {
            return "Step " + (index + 1) + " was begun after step " + (reached + 1) + ".";
        }
        boolean goesOn = last == null
                || (continues(last, genuine.attempts(), step.before())
                        && told(step).subList(0, reached + 1).equals(told(last)));
        return goesOn ? null : "Of the steps before it another story is told than when they were begun.";
    }

    /** Whether these lines go on from what was known when a step was begun. */
    private static boolean continues(StepStarted last, int attempts, List<StepOutcome> lines) {
        return lines.size() >= last.index()
                && withoutResults(last.before()).equals(withoutResults(lines.subList(0, last.index())))
                && (lines.size() == last.index() || lines.get(last.index()).attempt() >= attempts);
    }

    private static @Nullable String wrong(
            Sighting.Genuine genuine, Outcome outcome, List<StepOutcome> lines, Optional<List<String>> names) {
        StepStarted last = genuine.step();
        long begun = lines.stream()
                .filter(line -> line.status() != StepStatus.NOT_DONE)
                .count();
        if (!areLines(outcome, lines, begun, names)) {
            return "Its lines are not those of the steps that its action has.";
        }
        if (last == null || begun != last.index() + 1) {
            return begun + " of its steps are said to have been begun; announced were "
                    + (last == null ? 0 : last.index() + 1) + ".";
        }
        if (lines.stream().skip(begun).anyMatch(line -> line.status() != StepStatus.NOT_DONE)) {
            return "A step is said to have been begun after one that was not.";
        }
        if (!continues(last, genuine.attempts(), lines)
                || !actions(lines).subList(0, last.index() + 1).equals(told(last))) {
            return "Its lines tell another story of its steps than when they were begun.";
        }
        return isSum(outcome.status(), lines, lines.get(last.index()).status())
                ? null
                : "Its lines do not add up to " + outcome.status() + ".";
    }

    /**
     * Who ends a macro without having decided it may have a catalogue with other steps for it
     * ({@code catalogue.changed}), and leave those undone; but what was begun is what was decided.
     */
    private static boolean areLines(
            Outcome outcome, List<StepOutcome> lines, long begun, Optional<List<String>> names) {
        boolean leftByOthers = outcome.status() == OutcomeStatus.UNKNOWN
                && outcome.authorization().isEmpty();
        return leftByOthers
                ? begins(names, actions(lines).subList(0, (int) begun))
                : names.map(actions(lines)::equals).orElse(true);
    }

    private static boolean begins(Optional<List<String>> names, List<String> first) {
        return names.map(all -> first.size() <= all.size()
                        && all.subList(0, first.size()).equals(first))
                .orElse(true);
    }

    /** The steps as an announcement tells of them, up to the one that it announces. */
    private static List<String> told(StepStarted step) {
        return Stream.concat(actions(step.before()).stream(), Stream.of(step.action()))
                .toList();
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
