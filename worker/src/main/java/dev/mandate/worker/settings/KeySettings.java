package dev.mandate.worker.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Directories of keys.
 *
 * @param ring everybody's public keys
 * @param signing the worker's private signing keys
 * @param sealing the worker's private sealing keys: they open people's tokens and secret arguments
 */
public record KeySettings(Path ring, Path signing, Path sealing) {

    void check(WorkerSettings.Problems problems) {
        checkDirectory("mandate.keys.ring", ring, problems);
        checkDirectory("mandate.keys.signing", signing, problems);
        checkDirectory("mandate.keys.sealing", sealing, problems);
    }

    private static void checkDirectory(String property, @Nullable Path directory, WorkerSettings.Problems problems) {
        if (directory == null || !Files.isDirectory(directory)) {
            problems.add(property, "must be a directory of keys" + (directory == null ? "" : ": " + directory));
        }
    }
}
