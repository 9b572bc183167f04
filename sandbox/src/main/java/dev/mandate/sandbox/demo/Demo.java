package dev.mandate.sandbox.demo;

import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** Starts everything, plays the story, stops everything. */
public final class Demo {

    private final SandboxOptions options;
    private final Narrator narrator;

    /** A demo on a sandbox of its own. */
    public Demo(SandboxOptions options, Narrator narrator) {
        this.options = options;
        this.narrator = narrator;
    }

    /**
     * Plays it. What the processes wrote is kept when a step was not as expected.
     *
     * @return the exit status: 0 only when every step was as expected
     */
    public int play() {
        narrator.heading("Starting everything on this machine");
        try (var sandbox = Sandbox.start(options, narrator::up);
                var story = new Story(sandbox)) {
            int status = tell(story.steps());
            if (status != ExitCode.OK) {
                sandbox.keep();
                narrator.remark("The logs are in " + sandbox.path());
            }
            return status;
        }
    }

    /** Plays the steps, tells them and sums them up. */
    int tell(List<Step> steps) {
        int asExpected = narrator.tell(steps);
        narrator.sum(asExpected, steps.size());
        return asExpected == steps.size() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
