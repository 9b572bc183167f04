package dev.mandate.sandbox.demo;

import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.SandboxOptions;

/** Starts everything, plays the story, stops everything. */
public final class Demo {

    private final SandboxOptions options;
    private final Narrator narrator;

    /** A demo on a sandbox of its own. */
    public Demo(SandboxOptions options, Narrator narrator) {
        this.options = options;
        this.narrator = narrator;
    }

    /** Plays it; true when every step was as expected. What the processes wrote is kept when one was not. */
    public boolean play() {
        narrator.heading("Starting everything on this machine");
        try (var sandbox = Sandbox.start(options, narrator::up);
                var story = new Story(sandbox)) {
            int steps = story.steps().size();
            int asExpected = narrator.tell(story.steps());
            narrator.sum(asExpected, steps);
            if (asExpected < steps) {
                sandbox.keep();
                narrator.remark("The logs are in " + sandbox.path());
            }
            return asExpected == steps;
        }
    }
}
