package dev.mandate.audit.quarantine;

import dev.mandate.audit.log.Log;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.QuarantineHeaders;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what is in quarantine, and tells what a command's signature holds on from what nobody genuine wrote. */
public final class Quarantine {

    private static final Set<StatementType> COMMAND = Set.of(StatementType.COMMAND);

    private final Verifier verifier;

    /** The quarantine, as seen by whoever trusts these keys. */
    public Quarantine(KeyRing ring) {
        this.verifier = new Verifier(ring);
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
                header(record, QuarantineHeaders.REASON),
                header(record, QuarantineHeaders.DETAIL),
                header(record, QuarantineHeaders.ORIGIN),
                header(record, QuarantineHeaders.WORKER),
                Optional.ofNullable(value).map(bytes -> bytes.length),
                Optional.ofNullable(value).flatMap(bytes -> signer(record, bytes)),
                Optional.ofNullable(value).flatMap(Claims::of));
    }

    private Optional<String> signer(LogRecord record, byte[] value) {
        try {
            return Optional.of(
                    verifier.verify(value, COMMAND, record.appendedAt()).kid());
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private static String header(LogRecord record, String name) {
        return record.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(header -> header.value() == null ? new byte[0] : header.value())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
