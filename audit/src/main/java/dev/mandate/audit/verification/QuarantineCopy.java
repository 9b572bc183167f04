package dev.mandate.audit.verification;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.QuarantineHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A record in quarantine, read back into what it says it is a copy of.
 *
 * @param origin where the original stands
 * @param reason the code for which it was not believed
 * @param valueHash the hash of the original's value, as the worker says; none for a tombstone
 * @param copy what was copied
 */
record QuarantineCopy(Position origin, String reason, Optional<String> valueHash, Original copy) {

    /** Reads one; empty when it does not say where it comes from and why it is here. */
    static Optional<QuarantineCopy> of(LogRecord found) {
        List<Header> original = found.headers().stream()
                .filter(header -> header.name().startsWith(QuarantineHeaders.ORIGINAL_PREFIX))
                .map(header ->
                        new Header(header.name().substring(QuarantineHeaders.ORIGINAL_PREFIX.length()), header.value()))
                .toList();
        Optional<Position> origin =
                only(found.headers(), QuarantineHeaders.ORIGIN).flatMap(Position::parse);
        Optional<String> reason = only(found.headers(), QuarantineHeaders.REASON);
        return origin.isEmpty() || reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new QuarantineCopy(
                        origin.get(),
                        reason.get(),
                        only(found.headers(), QuarantineHeaders.VALUE_HASH),
                        Original.of(found.key(), found.value(), original)));
    }

    /** Whether only the hash of the value is here: the record was too large to be copied. */
    boolean isHashOnly() {
        return copy.value().isEmpty() && valueHash.isPresent();
    }

    /** Whether this is a copy of that record. */
    boolean isOf(Original original) {
        return valueHash.equals(original.value()) && (isHashOnly() || copy.equals(original));
    }

    private static Optional<String> only(List<Header> headers, String name) {
        List<byte[]> values = headers.stream()
                .filter(header -> header.name().equals(name))
                .map(header -> header.value() == null ? new byte[0] : header.value())
                .toList();
        return values.size() == 1
                ? Optional.of(new String(values.getFirst(), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
