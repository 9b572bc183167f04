package dev.mandate.api.log;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens readers of the topics. They belong to no consumer group: each keeps its own place. */
public final class LogReaders {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int FETCH_BYTES = 16 * 1024 * 1024;

    private final Map<String, Object> settings;

    LogReaders(Map<String, Object> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * Opens a reader.
     *
     * @param name for the broker's logs and metrics
     */
    public LogReader open(String name) {
        return open(name, Duration.ZERO);
    }

    /**
     * Opens a reader that follows.
     *
     * @param name as above
     * @param spacing how much at least lies between two polls that bring something: under load, many records are
     *     fetched at once then and not one by one, which spares the broker, too
     */
    LogReader open(String name, Duration spacing) {
        var all = new TreeMap<>(settings);
        all.remove(ConsumerConfig.GROUP_ID_CONFIG);
        all.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return new LogReader(
                new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()), spacing);
    }
}
