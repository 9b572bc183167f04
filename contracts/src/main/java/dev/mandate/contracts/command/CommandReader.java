package dev.mandate.contracts.command;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.RecordChecks;
import java.util.Set;

/**
 * Reads commands out of the log, the same way for the worker, the API and the auditor: size, content type, form,
 * header, type, key, signature, claims, audience, binding, time of signing, headers, in this order. Who commands, and
 * whether they may, is not looked at here.
 */
public final class CommandReader {

    /** The largest value of a genuine command's record: 64 KiB of arguments, the sealed token, and base64's third. */
    public static final int MAX_BYTES = 160 * 1024;

    private static final Set<StatementType> ALLOWED = Set.of(StatementType.COMMAND);

    private final Verifier verifier;
    private final String audience;

    /** A reader of the commands for one environment's worker. */
    public CommandReader(Verifier verifier, String environment) {
        this.verifier = verifier;
        this.audience = Command.audience(environment);
    }

    /**
     * Reads one record.
     *
     * @throws RejectedException at the first check that fails
     */
    public ReceivedCommand read(LogRecord found) throws RejectedException {
        Verifier.Verified verified = RecordChecks.verify(found, MAX_BYTES, ALLOWED, verifier);
        Command command = parse(verified.payload());
        if (!command.audience().equals(audience)) {
            throw new RejectedException(RejectionCode.CLAIMS_AUDIENCE, "Meant for another worker");
        }
        command.bind().requireFoundAt(found);
        RecordChecks.requireFresh(command.issuedAt(), found.appendedAt());
        command.headers().requireMirroredBy(found.headers());
        return new ReceivedCommand(
                command,
                verified.payload(),
                verified.payloadHash(),
                verified.kid(),
                found.position(),
                found.appendedAt());
    }

    private static Command parse(byte[] payload) throws RejectedException {
        Command command = RecordChecks.claims(payload, bytes -> StrictJson.read(bytes, Command.class));
        if (!command.isConsistent()) {
            throw new RejectedException(RejectionCode.CLAIMS_INCONSISTENT, "Claims contradict one another");
        }
        return command;
    }
}
