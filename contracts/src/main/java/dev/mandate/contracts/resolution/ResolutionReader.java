package dev.mandate.contracts.resolution;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.RecordChecks;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads resolutions out of the control topic, with the same checks as
 * {@link dev.mandate.contracts.command.CommandReader}. Whether its author may settle anything is not looked at here.
 */
public final class ResolutionReader {

    /** The largest value of a genuine resolution's record. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final Set<StatementType> ALLOWED = Set.of(StatementType.RESOLUTION);

    private final Verifier verifier;
    private final Set<String> audience;

    /** A reader of one environment's resolutions. */
    public ResolutionReader(Verifier verifier, String environment) {
        this.verifier = verifier;
        this.audience = Set.copyOf(Resolution.audience(environment));
    }

    /** Whether a record of the control topic says of itself that it is one. Other statements stand there, too. */
    public static boolean isClaimedBy(LogRecord found) {
        String wanted = EventHeaders.contentType(StatementType.RESOLUTION);
        return found.headers().stream()
                .anyMatch(header -> header.name().equals(EventHeaders.CONTENT_TYPE)
                        && header.value() != null
                        && wanted.equals(new String(header.value(), StandardCharsets.UTF_8)));
    }

    /**
     * Reads one record.
     *
     * @throws RejectedException at the first check that fails
     */
    public ReceivedResolution read(LogRecord found) throws RejectedException {
        Verifier.Verified verified = RecordChecks.verify(found, MAX_BYTES, ALLOWED, verifier);
        Resolution resolution =
                RecordChecks.claims(verified.payload(), bytes -> StrictJson.read(bytes, Resolution.class));
        if (!resolution.isConsistent()) {
            throw new RejectedException(RejectionCode.CLAIMS_INCONSISTENT, "Claims contradict one another");
        }
        if (!Set.copyOf(resolution.audience()).equals(audience)) {
            throw new RejectedException(RejectionCode.CLAIMS_AUDIENCE, "Meant for other readers");
        }
        resolution.bind().requireFoundAt(found);
        RecordChecks.requireFresh(resolution.issuedAt(), found.appendedAt());
        resolution.headers().requireMirroredBy(found.headers());
        return new ReceivedResolution(resolution, verified.payloadHash(), found.position(), found.appendedAt());
    }
}
