package dev.mandate.worker.consumption;

import dev.mandate.worker.settings.ConsumptionSettings;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps what is taken on within bounds: a partition whose commands pile up is not read until half of them are settled,
 * nor is any when all of them together are too many.
 */
final class FlowControl {

    private final Consumer<byte[], byte[]> consumer;
    private final ConsumptionSettings settings;
    private final Set<Integer> full = new HashSet<>();
    private boolean allFull;

    FlowControl(Consumer<byte[], byte[]> consumer, ConsumptionSettings settings) {
        this.consumer = consumer;
        this.settings = settings;
    }

    /** Pauses and resumes what needs it. */
    void adjust(Collection<OwnedPartition> owned) {
        int open = owned.stream().mapToInt(OwnedPartition::openJobs).sum();
        allFull = isFull(allFull, open, settings.maxOpen());
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        for (OwnedPartition home : owned) {
            if (isFull(full.contains(home.number()), home.openJobs(), settings.maxOpenPerPartition())) {
                full.add(home.number());
            } else {
                full.remove(home.number());
            }
            boolean stop = allFull || !home.isOpen() || full.contains(home.number());
            for (TopicPartition partition : home.topicPartitions()) {
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

    private static boolean isFull(boolean wasFull, int open, int limit) {
        return open >= (wasFull ? limit / 2 : limit);
    }
}
