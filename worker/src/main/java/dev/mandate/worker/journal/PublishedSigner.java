package dev.mandate.worker.journal;

import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs only with a key that the key ring has, in service and for all that this worker signs: what readers can't verify
 * they skip, and a journal record that is skipped is a command that may be done twice. Signatures are verified when the
 * key has changed, and again as often as the ring is read; those of each type, so that a key that lacks one shows when
 * it is switched to, and not when there is something to sign.
 */
public final class PublishedSigner implements Signer {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedSigner.class);
    private static final byte[] PROBE = "{}".getBytes(StandardCharsets.UTF_8);

    private final Signer signer;
    private final Verifier verifier;
    private final Clock clock;
    private final Set<StatementType> types;
    private volatile Checked checked = new Checked(Set.of(), Instant.EPOCH);
    private volatile String refused = "";

    /**
     * What was verified.
     *
     * @param headers of statements of each type
     */
    private record Checked(Set<String> headers, Instant at) {}

    /**
     * A signer that has been tried.
     *
     * @param types what it will sign
     * @throws UnpublishedKeyException when its key is not in the ring
     */
    public PublishedSigner(Signer signer, KeyRing ring, Clock clock, Set<StatementType> types) {
        this.signer = signer;
        this.verifier = new Verifier(ring);
        this.clock = clock;
        this.types = Set.copyOf(types);
        types.forEach(type -> sign(type, PROBE));
    }

    /** @throws UnpublishedKeyException when its key is not in the ring, any more or yet */
    @Override
    public String sign(StatementType type, byte[] payload) {
        String jws = signer.sign(type, payload);
        Instant now = clock.instant();
        Checked last = checked;
        if (!last.headers.contains(header(jws)) || !now.isBefore(last.at.plus(KeyRing.REFRESH))) {
            check(jws, type, now);
            var headers = new HashSet<>(Set.of(header(jws)));
            for (StatementType other : types) {
                String probe = signer.sign(other, PROBE);
                check(probe, other, now);
                headers.add(header(probe));
            }
            checked = new Checked(headers, now);
        }
        return jws;
    }

    /** The header is the same for every statement of one type under one key. */
    private static String header(String jws) {
        return jws.substring(0, jws.indexOf('.'));
    }

    private void check(String jws, StatementType type, Instant now) {
        String header = header(jws);
        try {
            verifier.verify(jws.getBytes(StandardCharsets.US_ASCII), Set.of(type), now);
        } catch (RejectedException e) {
            if (!header.equals(refused)) {
                refused = header;
                LOG.atError()
                        .addKeyValue("errorCode", e.code().code())
                        .addKeyValue("type", type.typ())
                        .log("Active signing key is not in the key ring for what it has to sign");
            }
            throw new UnpublishedKeyException(
                    "The active signing key can't be verified with the key ring ("
                            + e.code().code() + "): publish its public half first, for " + type.typ(),
                    e);
        }
    }
}
