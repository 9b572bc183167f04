package dev.mandate.contracts.journal;

import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;

/** Makes signed records of journal statements. */
public final class JournalWriter {

    private final Signer signer;

    /** A writer that signs with the worker's key. */
    public JournalWriter(Signer signer) {
        this.signer = signer;
    }

    /** The record of a statement. */
    public OutgoingRecord write(JournalStatement statement) {
        byte[] payload = statement.toJson();
        String jws = signer.sign(StatementType.JOURNAL, payload);
        return new OutgoingRecord(
                statement.bind(),
                jws.getBytes(StandardCharsets.US_ASCII),
                statement.headers().toHeaders(),
                Hashes.sha256(payload));
    }
}
