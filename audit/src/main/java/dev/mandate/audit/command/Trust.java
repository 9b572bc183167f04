package dev.mandate.audit.command;

import dev.mandate.contracts.signing.KeyRing;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** What is believed: public keys, for one environment. */
final class Trust {

    @Option(
            names = "--ring",
            paramLabel = "DIR",
            required = true,
            defaultValue = "${env:MANDATE_AUDIT_RING}",
            description = "Everybody's public keys: files <kid>.jwk.json, got from where you trust them; else what"
                    + " MANDATE_AUDIT_RING names.")
    private Path ring = Path.of("");

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "${env:MANDATE_AUDIT_ENVIRONMENT:-prod}",
            description = "The environment whose commands these are; ${DEFAULT-VALUE} unless said otherwise.")
    private String environment = "";

    /** @throws IllegalStateException when there are no keys: then every record would seem forged */
    KeyRing ring() {
        var keys = new KeyRing(ring, Clock.systemUTC());
        if (keys.entries().isEmpty()) {
            throw new IllegalStateException("There are no public keys, files <kid>.jwk.json, in " + ring);
        }
        return keys;
    }

    String environment() {
        return environment;
    }
}
