package dev.mandate.contracts.topic;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The signed claim of where a record belongs. A genuine record that is found elsewhere is not genuine there.
 *
 * @param topic the topic
 * @param partition the partition
 * @param key the record key
 */
public record Bind(
        @JsonProperty(value = "topic", required = true) String topic,
        @JsonProperty(value = "partition", required = true) int partition,
        @JsonProperty(value = "key", required = true) String key) {

    /**
     * Checks that the record was found where it belongs.
     *
     * @throws RejectedException with {@link RejectionCode#BIND_MISMATCH}
     */
    public void requireFoundAt(LogRecord found) throws RejectedException {
        if (!topic.equals(found.position().topic())
                || partition != found.position().partition()
                || !Arrays.equals(key.getBytes(StandardCharsets.UTF_8), found.key())) {
            throw new RejectedException(RejectionCode.BIND_MISMATCH, "Signed for another topic, partition or key");
        }
    }
}
