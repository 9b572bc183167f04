package dev.mandate.sandbox;

import java.time.Duration;

/** Is told how far a sandbox has come. Calls may come from several threads at once. */
@FunctionalInterface
public interface Progress {

    /** Nobody listens. */
    Progress SILENT = (part, took) -> {};

    /**
     * A part is up.
     *
     * @param part its name
     * @param took how long it took
     */
    void up(String part, Duration took);
}
