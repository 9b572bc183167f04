package dev.mandate.worker.consumption;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topic, all of it, on a thread of its own: whatever partition a cancellation stands in, every
 * worker hears of it, and none waits behind commands. It begins as far back as a command may live, so that what was
 * called off before this worker came is known to it.
 */
final class CancellationFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CancellationFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private final Cancellations cancellations;
    private final Duration reach;
    private final Clock clock;
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Thread thread =
            Thread.ofPlatform().name("cancellations").daemon().unstarted(this::run);
    private volatile boolean stopping;
    private Instant tidiedAt = Instant.EPOCH;

    private record Waiting(Map<TopicPartition, Long> ends, CompletableFuture<Void> reached) {}

    /**
     * @param consumers makes a consumer that is no member of the group
     * @param reach how far back to begin
     */
    CancellationFollower(
            Supplier<Consumer<byte[], byte[]>> consumers,
            String topic,
            Cancellations cancellations,
            Duration reach,
            Clock clock) {
        this.consumers = consumers;
        this.topic = topic;
        this.cancellations = cancellations;
        this.reach = reach;
        this.clock = clock;
    }

    Cancellations cancellations() {
        return cancellations;
    }

    void start() {
        thread.start();
    }

    /**
     * Waits until everything has been read that is on the topic now: what somebody was told would be called off is
     * known to whoever takes over from a worker that died.
     *
     * @throws IllegalStateException when it takes too long
     */
    void catchUp() {
        var reached = new CompletableFuture<Void>();
        asked.add(reached);
        try {
            reached.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("The control topic could not be read to its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                begin(consumer);
                while (!stopping) {
                    turn(consumer);
                }
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("Control topic can't be read");
                pause();
            }
        }
    }

    private void begin(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("There is no topic " + topic);
        }
        Map<TopicPartition, Long> since = new HashMap<>();
        partitions.forEach(
                partition -> since.put(partition, clock.instant().minus(reach).toEpochMilli()));
        consumer.assign(partitions);
        // The ends first: what is appended between the two questions is found by the second, or lies behind the first.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(since);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp start = starts.get(partition);
            consumer.seek(partition, start == null ? end : start.offset());
        });
    }

    private void turn(Consumer<byte[], byte[]> consumer) {
        CompletableFuture<Void> next = asked.poll();
        while (next != null) {
            waiting.add(new Waiting(consumer.endOffsets(consumer.assignment()), next));
            next = asked.poll();
        }
        consumer.poll(POLL).forEach(record -> cancellations.read(Records.read(record)));
        waiting.removeIf(one -> {
            boolean reached =
                    one.ends().entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            return reached && one.reached().complete(null);
        });
        if (clock.instant().isAfter(tidiedAt.plus(PAUSE))) {
            tidiedAt = clock.instant();
            cancellations.retry();
            cancellations.forget();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
