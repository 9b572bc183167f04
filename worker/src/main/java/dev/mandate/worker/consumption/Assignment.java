package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partition numbers are ours: taken over by reading back the journal, given back after what runs has ended. A
 * number counts only while both command topics' partitions of that number are assigned, since they share a journal.
 */
final class Assignment implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final Ledger ledger;
    private final Workshop workshop;
    private final Function<Collection<Integer>, Map<Integer, Recovery.Recovered>> recovery;
    private final History history;
    private final java.util.function.Consumer<OwnedPartition> losing;
    private final Duration drain;
    private final Clock clock;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Map<Integer, OwnedPartition> owned = new HashMap<>();
    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * @param recovery reads back these partition numbers
     * @param history hears of what was said before
     * @param losing is told of each partition right before it is let go
     * @param drain how long running calls may go on when partitions are given back
     */
    Assignment(
            Consumer<byte[], byte[]> consumer,
            Ledger ledger,
            Workshop workshop,
            Function<Collection<Integer>, Map<Integer, Recovery.Recovered>> recovery,
            History history,
            java.util.function.Consumer<OwnedPartition> losing,
            Duration drain,
            Clock clock) {
        this.consumer = consumer;
        this.ledger = ledger;
        this.workshop = workshop;
        this.recovery = recovery;
        this.history = history;
        this.losing = losing;
        this.drain = drain;
        this.clock = clock;
    }

    Collection<OwnedPartition> owned() {
        return owned.values();
    }

    /** The partition of this number, if it is ours and has been read back. */
    Optional<OwnedPartition> open(int number) {
        return Optional.ofNullable(owned.get(number)).filter(OwnedPartition::isOpen);
    }

    /** What went wrong in a callback so that the loop can't go on; the consumer wraps it beyond recognition. */
    Optional<RuntimeException> failure() {
        return failure;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> given) {
        guarded(() -> {
            assigned.addAll(given);
            consumer.pause(given);
            takeOver(given);
        });
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> taken) {
        guarded(() -> {
            assigned.removeAll(taken);
            if (giveBack(homes(taken)) == Ledger.Result.UNKNOWN) {
                startOver();
            }
        });
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> taken) {
        guarded(() -> {
            assigned.removeAll(taken);
            List<OwnedPartition> homes = homes(taken);
            LOG.atWarn().addKeyValue("partitions", numbers(homes)).log("Partitions lost");
            drop(homes);
        });
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /**
     * Lets what runs end, commits what has ended, and lets go, whatever happens: under a newer epoch of this member
     * nothing may be appended for them.
     *
     * @return how the last transaction ended; after {@link Ledger.Result#UNKNOWN} what is still owned is to be read
     *     back
     */
    Ledger.Result giveBack(Collection<OwnedPartition> homes) {
        if (homes.isEmpty()) {
            return Ledger.Result.NOTHING;
        }
        try {
            homes.forEach(home -> {
                home.leaving();
                ledger.dropStarts(home);
            });
            Instant until = clock.instant().plus(drain);
            while (clock.instant().isBefore(until) && anyCall(homes)) {
                workshop.turn();
                workshop.await(A_MOMENT);
            }
            return commitRest(until.plus(drain));
        } finally {
            drop(homes);
            LOG.atInfo().addKeyValue("partitions", numbers(homes)).log("Partitions given back");
        }
    }

    /** Lets go of everything at once. */
    void letGo() {
        drop(List.copyOf(owned.values()));
    }

    private Ledger.Result commitRest(Instant until) {
        Ledger.Result last = Ledger.Result.REFUSED;
        while (last == Ledger.Result.REFUSED && clock.instant().isBefore(until)) {
            last = ledger.commitNow(List.copyOf(owned.values()), consumer.groupMetadata());
            if (last == Ledger.Result.REFUSED) {
                workshop.await(A_MOMENT);
            } else if (last == Ledger.Result.COMMITTED && !ledger.isEmpty()) {
                last = Ledger.Result.REFUSED;
            }
        }
        return last;
    }

    /** Nobody knows what the journal holds now: everything is read back again. */
    void startOver() {
        LOG.atWarn().log("Fate of a transaction unknown, journal is read back");
        drop(List.copyOf(owned.values()));
        consumer.pause(assigned);
        takeOver(assigned);
    }

    private void takeOver(Collection<TopicPartition> given) {
        Map<Integer, OwnedPartition> fresh = new HashMap<>();
        for (TopicPartition partition : given) {
            int number = partition.partition();
            boolean whole = Topics.COMMAND_TOPICS.stream()
                    .allMatch(topic -> assigned.contains(new TopicPartition(topic, number)));
            if (whole && !owned.containsKey(number)) {
                var home = new OwnedPartition(number);
                owned.put(number, home);
                fresh.put(number, home);
            }
        }
        if (!fresh.isEmpty()) {
            readBack(fresh);
        }
    }

    private void readBack(Map<Integer, OwnedPartition> fresh) {
        workshop.aside(
                () -> recovery.apply(fresh.keySet()),
                Map::<Integer, Recovery.Recovered>of,
                read -> readBack(fresh, read));
    }

    private void readBack(Map<Integer, OwnedPartition> fresh, Map<Integer, Recovery.Recovered> read) {
        Map<Integer, OwnedPartition> missing = new HashMap<>();
        fresh.forEach((number, home) -> {
            Recovery.Recovered recovered = read.get(number);
            if (home.isGone()) {
                return;
            }
            if (recovered == null) {
                missing.put(number, home);
                return;
            }
            home.recovered(recovered, clock.instant());
            history.hear(home, recovered.rest());
            recovered.offsets().forEach((topic, offset) -> consumer.seek(new TopicPartition(topic, number), offset));
        });
        if (missing.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("partitions", new TreeSet<>(fresh.keySet()))
                    .log("Partitions taken over");
        } else {
            workshop.later(RETRY, () -> readBack(missing));
        }
    }

    private List<OwnedPartition> homes(Collection<TopicPartition> partitions) {
        List<OwnedPartition> homes = new ArrayList<>();
        partitions.stream()
                .map(TopicPartition::partition)
                .distinct()
                .map(owned::get)
                .filter(Objects::nonNull)
                .forEach(homes::add);
        return homes;
    }

    private void drop(Collection<OwnedPartition> homes) {
        for (OwnedPartition home : homes) {
            losing.accept(home);
            home.leave();
            owned.remove(home.number());
        }
        ledger.dropGone();
        workshop.dropGone();
    }

    private static boolean anyCall(Collection<OwnedPartition> homes) {
        return homes.stream()
                .flatMap(home -> home.jobs(Job.Stage.RUNNING).stream())
                .anyMatch(job -> job.call().filter(Call::isAwaited).isPresent());
    }

    private static Set<Integer> numbers(Collection<OwnedPartition> homes) {
        var numbers = new TreeSet<Integer>();
        homes.forEach(home -> numbers.add(home.number()));
        return numbers;
    }
}
