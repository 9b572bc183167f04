package dev.mandate.audit.quarantine;

import dev.mandate.audit.log.Log;
import dev.mandate.contracts.quarantine.QuarantineReader;
import dev.mandate.contracts.quarantine.QuarantineStatement;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what is in quarantine: tells what a worker put there from what somebody else did, and what a command's
 * signature holds on from what nobody genuine wrote.
 */
public final class Quarantine {

    private static final Set<StatementType> COMMAND = Set.of(StatementType.COMMAND);

    private final Verifier verifier;
    private final QuarantineReader reader;

    /** An environment's quarantine, as seen by whoever trusts these keys. */
    public Quarantine(KeyRing ring, String environment) {
        this.verifier = new Verifier(ring);
        this.reader = new QuarantineReader(verifier, environment);
    }

    /**
     * Hands out everything that is in quarantine, in the order of the log.
     *
     * @param log read once, not closed
     * @throws dev.mandate.audit.log.LogUnreadableException when the log can't be read to its end
     */
    public void read(Log log, Consumer<Quarantined> each) {
        log.read(new Log.Reader() {
            @Override
            public void record(LogRecord record) {
                if (record.position().topic().equals(Topics.QUARANTINE)) {
                    each.accept(of(record));
                }
            }

            @Override
            public void suspect(String place, String reason) {
                // Whether the log is as it was appended is what 'verify' is for.
            }
        });
    }

    private Quarantined of(LogRecord record) {
        byte[] value = record.value();
        return new Quarantined(
                record.position(),
                record.appendedAt(),
                statement(record),
                Optional.ofNullable(value).map(bytes -> bytes.length),
                Optional.ofNullable(value).flatMap(bytes -> signer(record, bytes)),
                Optional.ofNullable(value).flatMap(Claims::of));
    }

    private Optional<QuarantineStatement> statement(LogRecord record) {
        try {
            return Optional.of(reader.read(record).statement());
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private Optional<String> signer(LogRecord record, byte[] value) {
        try {
            return Optional.of(
                    verifier.verify(value, COMMAND, record.appendedAt()).kid());
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }
}
