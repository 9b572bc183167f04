package dev.mandate.contracts.command;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;

/** Makes signed records of commands. */
public final class CommandWriter {

    private final Signer signer;

    /** A writer that signs with the intake's key. */
    public CommandWriter(Signer signer) {
        this.signer = signer;
    }

    /** The record of a command. */
    public OutgoingRecord write(Command command) {
        byte[] payload = StrictJson.write(command);
        String jws = signer.sign(StatementType.COMMAND, payload);
        return new OutgoingRecord(
                command.bind(),
                jws.getBytes(StandardCharsets.US_ASCII),
                command.headers().toHeaders(),
                Hashes.sha256(payload));
    }
}
