package dev.mandate.bench;

import dev.mandate.bench.report.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What workloads need in a test. */
public final class Laboratory {

    private Laboratory() {}

    /** The root of the project, whose modules have been built. */
    public static Path checkout() {
        return Path.of(System.getProperty("mandate.home")).toAbsolutePath().normalize();
    }

    /** Progress that nobody sees. */
    public static Progress silence() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
    }
}
