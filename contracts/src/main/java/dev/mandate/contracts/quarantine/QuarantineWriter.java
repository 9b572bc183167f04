package dev.mandate.contracts.quarantine;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records for the quarantine. */
public final class QuarantineWriter {

    /** With more the broker may refuse a copy; the hashes in the statement then stand for it. */
    private static final int MAX_COPIED = 900_000;

    private static final int MAX_HEADERS = 64 * 1024;

    /** What a header takes up beside its name and value; without counting it, many empty ones would add up. */
    private static final int HEADER_OVERHEAD = QuarantineHeaders.ORIGINAL_PREFIX.length() + 12;

    private final Signer signer;

    /** A writer that signs with the worker's key. */
    public QuarantineWriter(Signer signer) {
        this.signer = signer;
    }

    /**
     * What is appended to the quarantine's partition of the same number.
     *
     * @param key the original's, or null
     * @param value the original's, or null
     * @param headers the statement, and the original's
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Copy(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {}

    /** A copy of a record with a statement about it; of one that is too large, the statement alone. */
    public Copy write(QuarantineStatement statement, LogRecord found) {
        var headers = new ArrayList<Header>();
        headers.add(text(QuarantineHeaders.REASON, statement.reason()));
        headers.add(text(QuarantineHeaders.ORIGIN, statement.origin().toString()));
        headers.add(
                text(QuarantineHeaders.STATEMENT, signer.sign(StatementType.QUARANTINE, StrictJson.write(statement))));
        if (!fits(found)) {
            return new Copy(null, null, headers);
        }
        found.headers()
                .forEach(header ->
                        headers.add(new Header(QuarantineHeaders.ORIGINAL_PREFIX + header.name(), header.value())));
        return new Copy(found.key(), found.value(), headers);
    }

    private static boolean fits(LogRecord found) {
        long headers = found.headers().stream()
                .mapToLong(header -> HEADER_OVERHEAD
                        + (long) header.name().getBytes(StandardCharsets.UTF_8).length
                        + length(header.value()))
                .sum();
        return headers <= MAX_HEADERS && headers + length(found.key()) + length(found.value()) <= MAX_COPIED;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static Header text(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
