package dev.mandate.contracts.journal;

import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.RecordChecks;
import java.util.Set;

/** Reads the journal, with the same checks as {@link dev.mandate.contracts.command.CommandReader}. */
public final class JournalReader {

    /** The largest value of a genuine statement's record: a sealed answer of up to 1 MiB, and base64's thirds. */
    public static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final Set<StatementType> ALLOWED = Set.of(StatementType.JOURNAL);

    private final Verifier verifier;
    private final Set<String> audience;

    /** A reader of one environment's journal. */
    public JournalReader(Verifier verifier, String environment) {
        this.verifier = verifier;
        this.audience = Set.copyOf(JournalStatement.audience(environment));
    }

    /**
     * Reads one record.
     *
     * @throws RejectedException at the first check that fails
     */
    public ReceivedStatement read(LogRecord found) throws RejectedException {
        Verifier.Verified verified = RecordChecks.verify(found, MAX_BYTES, ALLOWED, verifier);
        JournalStatement statement = RecordChecks.claims(verified.payload(), JournalStatement::fromJson);
        if (!Set.copyOf(statement.audience()).equals(audience)) {
            throw new RejectedException(RejectionCode.CLAIMS_AUDIENCE, "Meant for other readers");
        }
        if (statement.bind().partition() != statement.event().command().partition()) {
            throw new RejectedException(RejectionCode.CLAIMS_INCONSISTENT, "Not in its command's partition");
        }
        statement.bind().requireFoundAt(found);
        RecordChecks.requireFresh(statement.issuedAt(), found.appendedAt());
        statement.headers().requireMirroredBy(found.headers());
        return new ReceivedStatement(
                statement, verified.payloadHash(), verified.kid(), found.position(), found.appendedAt());
    }
}
