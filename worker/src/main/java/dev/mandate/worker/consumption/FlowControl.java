package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.settings.ConsumptionSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps what is taken on within bounds, each lane for itself, so that a mass change that piles up never delays the help
 * desk: a lane of a partition whose commands pile up is not read until half of them are settled, nor is a lane anywhere
 * when all its commands together are too many. What can't be read as a command counts, too, until it is in quarantine.
 *
 * <p>Where there are several tenants, one alone counts for no more than its part of a bound, so that the commands of
 * one that is away, or is sent more than it bears, wait in memory while the others' behind them in the log are read.
 * Memory is bounded all the same: of all tenants together no more than so many times the bound are held.
 */
final class FlowControl {

    private static final int MOST_PARTS = 4;

    private final Consumer<byte[], byte[]> consumer;
    private final ConsumptionSettings settings;
    private final int parts;
    private final Set<TopicPartition> full = new HashSet<>();
    private final Set<String> allFull = new HashSet<>();

    /** @param tenants how many there are */
    FlowControl(Consumer<byte[], byte[]> consumer, ConsumptionSettings settings, int tenants) {
        this.consumer = consumer;
        this.settings = settings;
        this.parts = Math.clamp(tenants, 1, MOST_PARTS);
    }

    /** Pauses and resumes what needs it. */
    void adjust(Collection<OwnedPartition> owned) {
        for (String topic : Topics.COMMAND_TOPICS) {
            List<Map<String, Integer>> open =
                    owned.stream().map(home -> home.openJobs(topic)).toList();
            int unsettled =
                    owned.stream().mapToInt(home -> home.unsettled(topic)).sum();
            mark(allFull, topic, open, unsettled, settings.maxOpen());
        }
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        for (OwnedPartition home : owned) {
            for (TopicPartition partition : home.topicPartitions()) {
                mark(
                        full,
                        partition,
                        List.of(home.openJobs(partition.topic())),
                        home.unsettled(partition.topic()),
                        settings.maxOpenPerPartition());
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

    /**
     * Notes whether a lane is full.
     *
     * @param open how many commands each tenant has, here and there
     * @param held how many records are held, commands or not
     */
    private <T> void mark(Set<T> full, T lane, List<Map<String, Integer>> open, int held, int bound) {
        int limit = full.contains(lane) ? bound / 2 : bound;
        Map<String, Integer> byTenant = new HashMap<>();
        open.forEach(some -> some.forEach((tenant, count) -> byTenant.merge(tenant, count, Integer::sum)));
        int counted = byTenant.values().stream()
                .mapToInt(count -> Math.min(count, limit / parts))
                .sum();
        if (counted >= limit || held >= limit * parts) {
            full.add(lane);
        } else {
            full.remove(lane);
        }
    }
}
