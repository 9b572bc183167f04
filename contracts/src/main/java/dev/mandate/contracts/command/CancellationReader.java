package dev.mandate.contracts.command;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.RecordChecks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads cancellations out of the control topic, with the same checks as {@link CommandReader}. That its requester's
 * token is genuine only the worker can tell.
 */
public final class CancellationReader {

    /** The largest value of a genuine cancellation's record. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final Set<StatementType> ALLOWED = Set.of(StatementType.CANCELLATION);
    private static final byte[] CONTENT_TYPE =
            EventHeaders.contentType(StatementType.CANCELLATION).getBytes(StandardCharsets.UTF_8);

    private final Verifier verifier;
    private final String audience;

    /** A reader of the cancellations for one environment's worker. */
    public CancellationReader(Verifier verifier, String environment) {
        this.verifier = verifier;
        this.audience = Command.audience(environment);
    }

    /** Whether a record of the control topic says that it is a cancellation; other statements stand there, too. */
    public static boolean claimsToBeOne(LogRecord found) {
        return found.headers().stream()
                .anyMatch(header ->
                        header.name().equals(EventHeaders.CONTENT_TYPE) && Arrays.equals(CONTENT_TYPE, header.value()));
    }

    /**
     * Reads one record.
     *
     * @throws RejectedException at the first check that fails
     */
    public ReceivedCancellation read(LogRecord found) throws RejectedException {
        Verifier.Verified verified = RecordChecks.verify(found, MAX_BYTES, ALLOWED, verifier);
        Cancellation cancellation =
                RecordChecks.claims(verified.payload(), bytes -> StrictJson.read(bytes, Cancellation.class));
        if (!cancellation.isConsistent()) {
            throw new RejectedException(RejectionCode.CLAIMS_INCONSISTENT, "Claims contradict one another");
        }
        if (!cancellation.audience().equals(audience)) {
            throw new RejectedException(RejectionCode.CLAIMS_AUDIENCE, "Meant for another worker");
        }
        cancellation.bind().requireFoundAt(found);
        RecordChecks.requireFresh(cancellation.issuedAt(), found.appendedAt());
        cancellation.headers().requireMirroredBy(found.headers());
        return new ReceivedCancellation(cancellation, verified.payloadHash(), found.position(), found.appendedAt());
    }
}
