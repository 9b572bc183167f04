package dev.mandate.sandbox;

import dev.mandate.sandbox.process.FileTree;
import dev.mandate.sandbox.process.Leftovers;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Where everything of one sandbox is. Only its owner can look inside.
 *
 * @param path the directory
 */
record SandboxHome(Path path) {

    /** An empty directory there; what was in it is deleted, and what a killed sandbox left running in it is ended. */
    static SandboxHome fresh(Path path) {
        var leftovers = new Leftovers(path);
        leftovers.end();
        var home = new SandboxHome(path);
        home.delete();
        ServiceDirectory.create(home.path);
        leftovers.claim();
        return home;
    }

    Path broker() {
        return path.resolve("kafka");
    }

    Path database() {
        return path.resolve("postgres");
    }

    Path databaseLog() {
        return path.resolve("postgres.log");
    }

    /** Everybody's public keys. */
    Path ring() {
        return path.resolve("ring");
    }

    /** What all processes of one role share and nobody else may see: its private keys and secrets. */
    ServiceDirectory role(String role) {
        return ServiceDirectory.create(path.resolve("keys").resolve(role));
    }

    /** One process's own place. */
    ServiceDirectory service(String name) {
        return ServiceDirectory.create(path.resolve(name));
    }

    /** The auditor's place, with the settings of a Kafka client that may read. */
    ServiceDirectory auditor() {
        return service("auditor");
    }

    void delete() {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It stays, also when whoever made it is gone. */
    void keep() {
        new Leftovers(path).keep();
    }
}
