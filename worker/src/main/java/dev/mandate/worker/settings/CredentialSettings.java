package dev.mandate.worker.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One application that the worker may act as: with a client secret, or with a private key ({@code private_key_jwt}).
 *
 * @param clientId the application's client id
 * @param clientSecretFile the file that holds its secret
 * @param privateKeyFile the file that holds its RSA private key, PKCS#8 in PEM
 * @param scopes what its client grant covers; empty means everything
 */
public record CredentialSettings(
        String clientId,
        @Nullable Path clientSecretFile,
        @Nullable Path privateKeyFile,
        @DefaultValue Set<String> scopes) {

    /** Copies the set. */
    public CredentialSettings {
        scopes = Set.copyOf(scopes);
    }

    void check(String property, WorkerSettings.Problems problems) {
        problems.requireText(property + ".client-id", clientId, "the application's client id");
        if ((clientSecretFile == null) == (privateKeyFile == null)) {
            problems.add(property, "needs either client-secret-file or private-key-file");
        }
        checkFile(property + ".client-secret-file", clientSecretFile, problems);
        checkFile(property + ".private-key-file", privateKeyFile, problems);
    }

    private static void checkFile(String property, @Nullable Path file, WorkerSettings.Problems problems) {
        if (file == null) {
            return;
        }
        if (!Files.isReadable(file)) {
            problems.add(property, "names a file that can't be read: " + file);
        } else if (isEmpty(file)) {
            problems.add(property, "names a file that is empty: put the secret, and nothing else, into " + file);
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            return false; // Whoever reads it says so.
        }
    }
}
