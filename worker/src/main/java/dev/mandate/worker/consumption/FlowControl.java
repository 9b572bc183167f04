package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.settings.ConsumptionSettings;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps what is taken on within bounds, each lane for itself, so that a mass change that piles up never delays the help
 * desk: a lane of a partition whose commands pile up is not read until half of them are settled, nor is a lane anywhere
 * when all its commands together are too many.
 */
final class FlowControl {

    private final Consumer<byte[], byte[]> consumer;
    private final ConsumptionSettings settings;
    private final Set<TopicPartition> full = new HashSet<>();
    private final Set<String> allFull = new HashSet<>();

    FlowControl(Consumer<byte[], byte[]> consumer, ConsumptionSettings settings) {
        this.consumer = consumer;
        this.settings = settings;
    }

    /** Pauses and resumes what needs it. */
    void adjust(Collection<OwnedPartition> owned) {
        for (String topic : Topics.COMMAND_TOPICS) {
            int open = owned.stream().mapToInt(home -> home.openJobs(topic)).sum();
            mark(allFull, topic, open, settings.maxOpen());
        }
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        for (OwnedPartition home : owned) {
            for (TopicPartition partition : home.topicPartitions()) {
                mark(full, partition, home.openJobs(partition.topic()), settings.maxOpenPerPartition());
                boolean stop = !home.isOpen() || allFull.contains(partition.topic()) || full.contains(partition);
                if (stop != paused.contains(partition)) {
                    (stop ? pause : resume).add(partition);
                }
            }
        }
        if (!pause.isEmpty()) {
            consumer.pause(pause);
        }
        if (!resume.isEmpty()) {
            consumer.resume(resume);
        }
    }

    private static <T> void mark(Set<T> full, T lane, int open, int limit) {
        if (open >= (full.contains(lane) ? limit / 2 : limit)) {
            full.add(lane);
        } else {
            full.remove(lane);
        }
    }
}
