package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** One partition number, of both command topics, while this worker owns it. */
final class OwnedPartition {

    private final int number;
    private final Map<String, OffsetTracker> trackers = new HashMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final Map<String, TargetQueue> targets = new HashMap<>();
    private final Map<LogRecord.Position, Job> open = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> openByTopic = new HashMap<>();
    private JournalIndex index = new JournalIndex();
    private Instant recoveredAt = Instant.MAX;
    private int partitions;
    private boolean recovered;
    private boolean leaving;
    private final AtomicBoolean gone = new AtomicBoolean();

    OwnedPartition(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    Collection<TopicPartition> topicPartitions() {
        return Topics.COMMAND_TOPICS.stream()
                .map(topic -> new TopicPartition(topic, number))
                .toList();
    }

    /** The journal has been read back; from here on records may come. */
    void recovered(Recovery.Recovered read, Instant at) {
        index = read.index();
        partitions = read.partitions();
        recoveredAt = at;
        read.offsets().forEach((topic, offset) -> {
            trackers.put(topic, new OffsetTracker(offset));
            committed.put(topic, offset);
        });
        recovered = true;
    }

    /** When the journal had been read back. */
    Instant recoveredAt() {
        return recoveredAt;
    }

    /** How many partitions the topics of commands have. */
    int partitions() {
        return partitions;
    }

    boolean isRecovered() {
        return recovered && !gone.get();
    }

    /** It is about to be given back: nothing new begins, what runs may end. */
    void leaving() {
        leaving = true;
    }

    /** Whether something new may begin. */
    boolean isOpen() {
        return recovered && !leaving && !gone.get();
    }

    /**
     * It belongs to somebody else now; whatever still happens for it here is dropped. Of what was known of it nothing
     * is kept: something that is to be done later may hold on to this for long.
     */
    void leave() {
        gone.set(true);
        index = new JournalIndex();
        targets.clear();
        open.clear();
        openByTopic.clear();
    }

    /** May be asked beside the loop. */
    boolean isGone() {
        return gone.get();
    }

    /** Set once it is gone; for those that must know, and must not keep all the rest alive. */
    AtomicBoolean gone() {
        return gone;
    }

    JournalIndex index() {
        return index;
    }

    OffsetTracker tracker(String topic) {
        OffsetTracker tracker = trackers.get(topic);
        if (tracker == null) {
            throw new IllegalStateException("Partition " + number + " is not recovered");
        }
        return tracker;
    }

    Optional<Job> add(Job job) {
        if (open.put(job.position(), job) == null) {
            count(job, 1);
        }
        TargetQueue queue = targets.computeIfAbsent(job.key(), key -> new TargetQueue());
        queue.add(job);
        return queue.takeUp();
    }

    /** Lets the next command for the same target come up. */
    Optional<Job> release(Job job) {
        TargetQueue queue = targets.get(job.key());
        if (queue == null) {
            return Optional.empty();
        }
        queue.release(job);
        Optional<Job> next = queue.takeUp();
        if (queue.isIdle()) {
            targets.remove(job.key());
        }
        return next;
    }

    /** A record is settled: its last word is committed. */
    void settled(LogRecord.Position position) {
        tracker(position.topic()).settled(position.offset());
        Job job = open.remove(position);
        if (job != null) {
            count(job, -1);
        }
    }

    int openJobs() {
        return open.size();
    }

    /** How many records of one lane have been read and are not settled, commands or not. */
    int unsettled(String topic) {
        OffsetTracker tracker = trackers.get(topic);
        return tracker == null ? 0 : tracker.unsettled();
    }

    /** How many of one lane there are for each tenant that has any. */
    Map<String, Integer> openJobs(String topic) {
        return Collections.unmodifiableMap(openByTopic.getOrDefault(topic, Map.of()));
    }

    private void count(Job job, int change) {
        openByTopic
                .computeIfAbsent(job.position().topic(), topic -> new HashMap<>())
                .compute(job.received().command().context().tenant(), (tenant, count) -> {
                    int next = (count == null ? 0 : count) + change;
                    return next == 0 ? null : next;
                });
    }

    List<Job> jobs(Job.Stage stage) {
        return open.values().stream().filter(job -> job.stage() == stage).toList();
    }

    List<Job> jobs() {
        return List.copyOf(open.values());
    }

    /**
     * What to commit once these records are settled too. The metadata of an offset is when its record was appended: so
     * far back the journal may speak of what is not settled.
     */
    Map<TopicPartition, OffsetAndMetadata> offsets(Collection<LogRecord.Position> aboutToSettle) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        trackers.forEach((topic, tracker) -> {
            Set<Long> settling = aboutToSettle.stream()
                    .filter(position -> position.topic().equals(topic))
                    .map(LogRecord.Position::offset)
                    .collect(Collectors.toSet());
            OffsetTracker.Mark mark = tracker.lowestUnsettled(settling);
            offsets.put(
                    new TopicPartition(topic, number),
                    new OffsetAndMetadata(
                            mark.offset(),
                            mark.appendedAt().map(Instant::toString).orElse("")));
        });
        return offsets;
    }

    /** Whether there is progress that has not been committed. */
    boolean hasProgress() {
        return trackers.entrySet().stream()
                .anyMatch(entry -> entry.getValue().lowestUnsettled(Set.of()).offset()
                        != committed.getOrDefault(entry.getKey(), -1L));
    }

    void committed(TopicPartition partition, long offset) {
        committed.put(partition.topic(), offset);
    }

    /** Forgets what the journal said of commands that can't come back alive. */
    void forget(Instant now, Duration remembered) {
        Map<String, Instant> unsettledSince = new HashMap<>();
        trackers.forEach((topic, tracker) -> tracker.unsettledSince().ifPresent(at -> unsettledSince.put(topic, at)));
        index.forget(now, remembered, unsettledSince);
    }
}
