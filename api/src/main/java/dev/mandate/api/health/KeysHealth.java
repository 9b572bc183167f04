package dev.mandate.api.health;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether others would believe what this intake signs, and whether it can seal to the worker. */
final class KeysHealth implements HealthIndicator {

    private static final byte[] SAMPLE = StrictJson.write(StrictJson.object());

    private final Signer signer;
    private final Verifier verifier;
    private final KeyRing ring;
    private final Clock clock;

    KeysHealth(Signer signer, Verifier verifier, KeyRing ring, Clock clock) {
        this.signer = signer;
        this.verifier = verifier;
        this.ring = ring;
        this.clock = clock;
    }

    @Override
    public Health health() {
        try {
            byte[] signed = signer.sign(StatementType.RECEIPT, SAMPLE).getBytes(StandardCharsets.US_ASCII);
            verifier.verify(signed, Set.of(StatementType.RECEIPT), clock.instant());
        } catch (RejectedException | IllegalStateException e) {
            return Health.outOfService()
                    .withDetail("reason", "the active signing key is not in the ring")
                    .build();
        }
        return ring.sealingKey("worker").isPresent()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "the ring has no sealing key of the worker")
                        .build();
    }
}
