package dev.mandate.contracts.command;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;

/** Makes signed records of cancellations. */
public final class CancellationWriter {

    private final Signer signer;

    /** A writer that signs with the intake's key. */
    public CancellationWriter(Signer signer) {
        this.signer = signer;
    }

    /** The record of a cancellation. */
    public OutgoingRecord write(Cancellation cancellation) {
        byte[] payload = StrictJson.write(cancellation);
        String jws = signer.sign(StatementType.CANCELLATION, payload);
        return new OutgoingRecord(
                cancellation.bind(),
                jws.getBytes(StandardCharsets.US_ASCII),
                cancellation.headers().toHeaders(),
                Hashes.sha256(payload));
    }
}
