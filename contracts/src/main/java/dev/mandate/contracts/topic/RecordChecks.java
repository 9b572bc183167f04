package dev.mandate.contracts.topic;

import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The checks that every signed record goes through, whatever it states, in their order. */
public final class RecordChecks {

    /** How much later than signed a record may be appended: the longest that a producer goes on trying, and skew. */
    public static final Duration LATENESS = Duration.ofMinutes(2);

    /** How far the signer's clock may run ahead of the broker's. */
    public static final Duration SKEW = Duration.ofSeconds(30);

    private RecordChecks() {}

    /**
     * Size, content type, form, header, type, key and signature.
     *
     * @param maxBytes the largest genuine value
     * @throws RejectedException at the first check that fails
     */
    public static Verifier.Verified verify(LogRecord found, int maxBytes, Set<StatementType> allowed, Verifier verifier)
            throws RejectedException {
        byte[] value = found.value();
        if (value == null) {
            throw new RejectedException(RejectionCode.RECORD_EMPTY, "The record has no value");
        }
        if (value.length > maxBytes) {
            throw new RejectedException(
                    RejectionCode.RECORD_TOO_LARGE, "The value has more than " + maxBytes + " bytes");
        }
        requireContentType(found.headers(), allowed);
        return verifier.verify(value, allowed, found.appendedAt());
    }

    /**
     * The claims of a payload.
     *
     * @param read reads them, or throws that they are malformed
     * @throws RejectedException with {@link RejectionCode#CLAIMS_MALFORMED}
     */
    public static <T> T claims(byte[] payload, Function<byte[], T> read) throws RejectedException {
        try {
            return read.apply(payload);
        } catch (MalformedJsonException e) {
            throw new RejectedException(RejectionCode.CLAIMS_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * That a record was signed about when it was appended: an old one that is appended again is a replay.
     *
     * @throws RejectedException with {@link RejectionCode#CLAIMS_ISSUED_AT}
     */
    public static void requireFresh(Instant issuedAt, Instant appendedAt) throws RejectedException {
        if (issuedAt.isAfter(appendedAt.plus(SKEW)) || issuedAt.isBefore(appendedAt.minus(LATENESS))) {
            throw new RejectedException(RejectionCode.CLAIMS_ISSUED_AT, "Signed at another time than appended");
        }
    }

    private static void requireContentType(List<LogRecord.Header> headers, Set<StatementType> allowed)
            throws RejectedException {
        List<byte[]> found = headers.stream()
                .filter(header -> header.name().equals(EventHeaders.CONTENT_TYPE))
                .map(header -> header.value() == null ? new byte[0] : header.value())
                .toList();
        boolean known = found.size() == 1
                && allowed.stream()
                        .map(EventHeaders::contentType)
                        .anyMatch(new String(found.getFirst(), StandardCharsets.UTF_8)::equals);
        if (!known) {
            throw new RejectedException(
                    RejectionCode.RECORD_CONTENT_TYPE, "The content type is not one of this topic's");
        }
    }
}
