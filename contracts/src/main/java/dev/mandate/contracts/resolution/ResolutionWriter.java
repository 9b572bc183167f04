package dev.mandate.contracts.resolution;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;

/** Makes signed records of resolutions. */
public final class ResolutionWriter {

    private final Signer signer;

    /** A writer that signs with the intake's key. */
    public ResolutionWriter(Signer signer) {
        this.signer = signer;
    }

    /** The record of a resolution. */
    public OutgoingRecord write(Resolution resolution) {
        byte[] payload = StrictJson.write(resolution);
        String jws = signer.sign(StatementType.RESOLUTION, payload);
        return new OutgoingRecord(
                resolution.bind(),
                jws.getBytes(StandardCharsets.US_ASCII),
                resolution.headers().toHeaders(),
                Hashes.sha256(payload));
    }
}
