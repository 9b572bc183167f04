package dev.mandate.sandbox.demo;

import java.util.ArrayList;
import java.util.List;

/** What happens in one step, told line by line: what was asked, what came back, and what was expected of it. */
final class Scene {

    private final List<Line> lines = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();

    /**
     * A line of the story.
     *
     * @param question whether it tells what was asked, rather than what came back
     * @param text what it says
     */
    record Line(boolean question, String text) {}

    /**
     * Something that was expected.
     *
     * @param claim a sentence without a full stop
     * @param holds whether it is so
     */
    record Expectation(String claim, boolean holds) {}

    Scene() {}

    /** Tells what was asked. */
    void asked(String line) {
        lines.add(new Line(true, line));
    }

    /** Tells what came back. */
    void back(String line) {
        lines.add(new Line(false, line));
    }

    /** Compares what came with what was expected. */
    void expect(String claim, boolean holds) {
        expectations.add(new Expectation(claim, holds));
    }

    /** What was asked and what came back, in order. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** What was expected. */
    List<Expectation> expectations() {
        return List.copyOf(expectations);
    }

    /** Whether everything was as expected; a step that expects nothing has shown nothing. */
    boolean isAsExpected() {
        return !expectations.isEmpty() && expectations.stream().allMatch(Expectation::holds);
    }
}
