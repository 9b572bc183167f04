package dev.mandate.worker.journal;

import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs only with a key that the key ring has, in service and for this type: what readers can't verify they skip, and a
 * journal record that is skipped is a command that may be done twice. The signature is verified when the key has
 * changed, and again as often as the ring is read.
 */
public final class PublishedSigner implements Signer {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedSigner.class);
    private static final byte[] PROBE = "{}".getBytes(StandardCharsets.UTF_8);

    private final Signer signer;
    private final Verifier verifier;
    private final Clock clock;
    private volatile Checked checked = new Checked("", Instant.EPOCH);
    private volatile String refused = "";

    private record Checked(String header, Instant at) {}

    /**
     * A signer that has been tried.
     *
     * @param type what it will sign
     * @throws UnpublishedKeyException when its key is not in the ring
     */
    public PublishedSigner(Signer signer, KeyRing ring, Clock clock, StatementType type) {
        this.signer = signer;
        this.verifier = new Verifier(ring);
        this.clock = clock;
        sign(type, PROBE);
    }

    /** @throws UnpublishedKeyException when its key is not in the ring, any more or yet */
    @Override
    public String sign(StatementType type, byte[] payload) {
        String jws = signer.sign(type, payload);
        // The header is the same for every statement of one type under one key.
        String header = jws.substring(0, jws.indexOf('.'));
        Instant now = clock.instant();
        if (!header.equals(checked.header) || !now.isBefore(checked.at.plus(KeyRing.REFRESH))) {
            check(jws, header, type, now);
            checked = new Checked(header, now);
        }
        return jws;
    }

    private void check(String jws, String header, StatementType type, Instant now) {
        try {
            verifier.verify(jws.getBytes(StandardCharsets.US_ASCII), Set.of(type), now);
        } catch (RejectedException e) {
            if (!header.equals(refused)) {
                refused = header;
                LOG.atError()
                        .addKeyValue("errorCode", e.code().code())
                        .log("Active signing key is not in the key ring");
            }
            throw new UnpublishedKeyException(
                    "The active signing key can't be verified with the key ring ("
                            + e.code().code() + "): publish its public half first",
                    e);
        }
    }
}
