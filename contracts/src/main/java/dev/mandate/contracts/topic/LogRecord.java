package dev.mandate.contracts.topic;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was found in the log: untrusted bytes and where they stand. The contracts know no Kafka client;
 * whoever reads the log makes these.
 *
 * @param position where it stands
 * @param appendedAt the broker's time of appending
 * @param key the record key's bytes, null if it has none
 * @param value the record's value, null for a tombstone
 * @param headers in record order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LogRecord(
        Position position, Instant appendedAt, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    /**
     * A place in the log.
     *
     * @param offset the record's offset in its partition
     */
    public record Position(String topic, int partition, long offset) {

        private static final Pattern FORM =
                Pattern.compile("([A-Za-z0-9._-]{1,249})/(0|[1-9][0-9]{0,8})@(0|[1-9][0-9]{0,17})");

        /**
         * The same.
         *
         * @throws IllegalArgumentException for anything else
         */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Position of(String text) {
            return parse(text).orElseThrow(() -> new IllegalArgumentException("A position is topic/partition@offset"));
        }

        /** Reads what {@link #toString} writes; empty for anything else. */
        public static Optional<Position> parse(String text) {
            Matcher matcher = FORM.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Position(
                            matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3))))
                    : Optional.empty();
        }

        @JsonValue
        @Override
        public String toString() {
            return topic + "/" + partition + "@" + offset;
        }
    }

    /**
     * A record header.
     *
     * @param value the bytes, null if the header has none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Header(String name, byte @Nullable [] value) {}
}
