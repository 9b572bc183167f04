package dev.mandate.contracts.quarantine;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Reads the quarantine, and believes what a worker has signed there. */
public final class QuarantineReader {

    private static final Set<StatementType> ALLOWED = Set.of(StatementType.QUARANTINE);

    private final Verifier verifier;
    private final String audience;

    /** A reader of one environment's quarantine. */
    public QuarantineReader(Verifier verifier, String environment) {
        this.verifier = verifier;
        this.audience = QuarantineStatement.audience(environment);
    }

    /**
     * Reads one record.
     *
     * @throws RejectedException at the first check that fails
     */
    public ReceivedQuarantine read(LogRecord found) throws RejectedException {
        Verifier.Verified verified =
                verifier.verify(only(found, QuarantineHeaders.STATEMENT), ALLOWED, found.appendedAt());
        QuarantineStatement statement =
                RecordChecks.claims(verified.payload(), bytes -> StrictJson.read(bytes, QuarantineStatement.class));
        if (!statement.audience().equals(audience)) {
            throw new RejectedException(RejectionCode.CLAIMS_AUDIENCE, "Meant for other readers");
        }
        Position place = found.position();
        if (!place.topic().equals(Topics.QUARANTINE)
                || place.partition() != statement.origin().partition()) {
            throw new RejectedException(RejectionCode.BIND_MISMATCH, "Not in its original's partition");
        }
        RecordChecks.requireFresh(statement.issuedAt(), found.appendedAt());
        requireSame(found, QuarantineHeaders.REASON, statement.reason());
        requireSame(found, QuarantineHeaders.ORIGIN, statement.origin().toString());
        return new ReceivedQuarantine(statement, place, found.appendedAt(), isWhole(found, statement));
    }

    /** Whether the copy is one of all that was found; it can also be none at all. */
    private static boolean isWhole(LogRecord found, QuarantineStatement statement) throws RejectedException {
        List<Header> headers = found.headers().stream()
                .filter(header -> header.name().startsWith(QuarantineHeaders.ORIGINAL_PREFIX))
                .map(header ->
                        new Header(header.name().substring(QuarantineHeaders.ORIGINAL_PREFIX.length()), header.value()))
                .toList();
        boolean whole = Fingerprint.of(found.key(), found.value(), headers).equals(statement.found());
        if (!whole && !(found.key() == null && found.value() == null && headers.isEmpty())) {
            throw new RejectedException(RejectionCode.CLAIMS_INCONSISTENT, "Not what the worker found, byte for byte");
        }
        return whole;
    }

    private static byte[] only(LogRecord found, String name) throws RejectedException {
        List<byte[]> values = found.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(header -> header.value() == null ? new byte[0] : header.value())
                .toList();
        if (values.size() != 1) {
            throw new RejectedException(RejectionCode.HEADERS_MISMATCH, "A header is missing or repeats: " + name);
        }
        return values.getFirst();
    }

    private static void requireSame(LogRecord found, String header, String claim) throws RejectedException {
        if (!new String(only(found, header), StandardCharsets.UTF_8).equals(claim)) {
            throw new RejectedException(RejectionCode.HEADERS_MISMATCH, "A header differs from its claim: " + header);
        }
    }
}
