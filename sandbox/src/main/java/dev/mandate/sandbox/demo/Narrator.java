package dev.mandate.sandbox.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Tells a story as it is played: with colours to a person at a terminal, in plain words elsewhere. */
public final class Narrator {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;

    /**
     * Tells it here.
     *
     * @param terminal whether colours and signs are welcome
     */
    public Narrator(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says what is about to be done. */
    public void heading(String text) {
        out.println(style("1", text));
    }

    /** Says that a part of the sandbox is up. */
    public void up(String part, Duration took) {
        out.printf("  %-10s %s%n", part, style("2", "%.1f s".formatted(took.toMillis() / 1000.0)));
    }

    /** Says something in passing. */
    public void remark(String text) {
        out.println(style("2", text));
    }

    /**
     * Plays the steps in order, and tells each one.
     *
     * @return how many were as expected
     */
    int tell(List<Step> steps) {
        int asExpected = 0;
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (terminal) {
                out.printf("%n%s …", number(i + 1) + step.title());
                out.flush();
            }
            var scene = step.played();
            out.printf("%s%s%n", terminal ? CLEAR_LINE : "\n", style("1", number(i + 1) + step.title()));
            tell(scene);
            if (scene.isAsExpected()) {
                asExpected++;
            }
        }
        return asExpected;
    }

    /** The last line. */
    void sum(int asExpected, int steps) {
        out.printf(
                "%n%s%n",
                style(
                        asExpected == steps ? "1;32" : "1;31",
                        "%d of %d steps as expected".formatted(asExpected, steps)));
    }

    private void tell(Scene scene) {
        scene.lines()
                .forEach(line ->
                        out.printf("    %s %s%n", style("36", line.question() ? "asked " : "back  "), line.text()));
        var failed = scene.expectations().stream()
                .filter(expectation -> !expectation.holds())
                .toList();
        if (scene.isAsExpected()) {
            out.printf(
                    "    %s %s%n",
                    style("32", terminal ? "✓     " : "ok    "), "as expected: " + claims(scene.expectations()));
        } else if (failed.isEmpty()) {
            out.printf("    %s nothing was expected%n", style("31", terminal ? "✗     " : "FAILED"));
        } else {
            failed.forEach(expectation -> out.printf(
                    "    %s not as expected: %s%n", style("31", terminal ? "✗     " : "FAILED"), expectation.claim()));
        }
    }

    private static String claims(List<Scene.Expectation> expectations) {
        return String.join(
                "; ", expectations.stream().map(Scene.Expectation::claim).toList());
    }

    private static String number(int number) {
        return "%2d  ".formatted(number);
    }

    private String style(String code, String text) {
        return terminal ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
