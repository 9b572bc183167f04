package dev.mandate.contracts.resolution;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.LogRecord;

/**
 * The outcome that is settled. Nobody can name its hash before a worker has signed it, so whoever does came after it.
 *
 * @param payloadHash {@code sha-256:…} of the signed payload
 * @param topic where it stands
 * @param partition where it stands
 * @param offset where it stands
 */
public record OutcomeReference(
        @JsonProperty(value = "payload_hash", required = true)
        String payloadHash,

        @JsonProperty(value = "topic", required = true) String topic,
        @JsonProperty(value = "partition", required = true) int partition,
        @JsonProperty(value = "offset", required = true) long offset) {

    /** A reference to the record at this place. */
    public static OutcomeReference to(LogRecord.Position position, String payloadHash) {
        return new OutcomeReference(payloadHash, position.topic(), position.partition(), position.offset());
    }

    /** Where it stands. */
    public LogRecord.Position position() {
        return new LogRecord.Position(topic, partition, offset);
    }
}
