package dev.mandate.bench.stage;

import dev.mandate.contracts.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** The workers' consumer group, as the broker sees it. */
public final class Group implements AutoCloseable {

    /** Its name. */
    public static final String NAME = "mandate-worker";

    private final Admin admin;

    Group(Broker broker) {
        this.admin = Admin.create(broker.administrator());
    }

    /**
     * Which partitions of the interactive lane each worker has been given, by its instance's name.
     *
     * @throws IllegalStateException when the broker does not say
     */
    public Map<String, Set<Integer>> shares() {
        try {
            Map<String, Set<Integer>> shares = new HashMap<>();
            var groups = admin.describeConsumerGroups(List.of(NAME)).all().get();
            Objects.requireNonNull(groups.get(NAME), "asked for")
                    .members()
                    .forEach(member -> shares.put(
                            member.clientId().substring(NAME.length() + 1),
                            member.assignment().topicPartitions().stream()
                                    .filter(partition -> partition.topic().equals(Topics.COMMANDS))
                                    .map(TopicPartition::partition)
                                    .collect(Collectors.toUnmodifiableSet())));
            return shares;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say who has which partitions", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
