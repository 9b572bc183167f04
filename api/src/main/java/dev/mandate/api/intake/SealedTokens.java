package dev.mandate.api.intake;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.topic.Bind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.http.HttpStatus;

/** Access tokens sealed to the worker, each for one statement. */
public final class SealedTokens {

    private static final String READER = "worker";

    private final KeyRing ring;
    private final Sealer sealer;

    SealedTokens(KeyRing ring) {
        this.ring = ring;
        this.sealer = new Sealer(ring, READER);
    }

    /**
     * The caller's token, as only the worker can read it, and in this statement only.
     *
     * @param id the statement's
     * @param issuedAt when it is signed
     * @param bind where it belongs
     * @throws ProblemException 503 {@code keys.unavailable} when the worker has no key to seal to
     */
    public String seal(Caller caller, CommandId id, Instant issuedAt, Bind bind) {
        requireKey();
        return sealer.seal(
                SealingContext.token(caller.tokenHash(), id.value(), issuedAt, bind),
                caller.token().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Requires that there is a key to seal to.
     *
     * @throws ProblemException as above
     */
    void requireKey() {
        if (ring.sealingKey(READER).isEmpty()) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "keys.unavailable",
                    "Service Unavailable",
                    "The worker's key is not known here; nothing was done");
        }
    }

    /** Seals arguments to the same reader. */
    Sealer sealer() {
        return sealer;
    }
}
