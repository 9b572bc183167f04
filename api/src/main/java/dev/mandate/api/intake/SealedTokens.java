package dev.mandate.api.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.PublicKeyEntry;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;

/**
 * Access tokens sealed to the worker. Sealing costs more than the rest of a request, so one seal serves all commands
 * made with a token, until the worker's sealing key changes.
 */
public final class SealedTokens {

    private static final String READER = "worker";

    private final KeyRing ring;
    private final Sealer sealer;
    private final Cache<String, Sealed> cache;

    private record Sealed(String kid, String jwe) {}

    SealedTokens(KeyRing ring, int capacity) {
        this.ring = ring;
        this.sealer = new Sealer(ring, READER);
        this.cache = Caffeine.newBuilder().maximumSize(capacity).build();
    }

    /**
     * The caller's token, as only the worker can read it.
     *
     * @throws ProblemException 503 {@code keys.unavailable} when the worker has no key to seal to
     */
    public String seal(Caller caller) {
        String kid = ring.sealingKey(READER)
                .map(PublicKeyEntry::kid)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "keys.unavailable",
                        "Service Unavailable",
                        "The worker's key is not known here; nothing was done"));
        Sealed known = cache.getIfPresent(caller.tokenHash());
        if (known == null || !known.kid.equals(kid)) {
            String jwe = sealer.seal(
                    SealingContext.token(caller.tokenHash()), caller.token().getBytes(StandardCharsets.US_ASCII));
            known = new Sealed(kid, jwe);
            cache.put(caller.tokenHash(), known);
        }
        return known.jwe;
    }

    /** Seals arguments to the same reader. */
    Sealer sealer() {
        return sealer;
    }
}
