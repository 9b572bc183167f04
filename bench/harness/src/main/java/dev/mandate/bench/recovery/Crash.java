package dev.mandate.bench.recovery;

import dev.mandate.bench.stage.Broker;
import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Pause;
import dev.mandate.bench.stage.Results;
import dev.mandate.bench.stage.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ends a worker as {@code kill -9} does, and waits until what was its to do is done: by the same worker, started again
 * at once, or by another that runs already.
 */
final class Crash {

    /** About one for each partition, so that the last one shows when all of them are worked on. */
    static final int WAITING = 24;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Set<Integer> EVERYWHERE =
            IntStream.range(0, Broker.PARTITIONS).boxed().collect(Collectors.toUnmodifiableSet());

    private final Stage stage;
    private final SettledLog log;
    private final Child worker;
    private final Optional<Child> another;
    private final Duration patience;

    /**
     * @param worker the one to kill, not started yet
     * @param another the one that takes over, not started yet; if there is none, the same is started again
     */
    Crash(Stage stage, SettledLog log, Child worker, Optional<Child> another, Duration patience) {
        this.stage = stage;
        this.log = log;
        this.worker = worker;
        this.another = another;
        this.patience = patience;
    }

    /**
     * How long it took.
     *
     * @param first milliseconds from the kill to the first outcome's being recorded
     * @param last the same of the last one
     */
    record Sample(long first, long last) {}

    /** Starts what is to run before the first crash; returns whether it works. */
    boolean begin() {
        return outcomes(EVERYWHERE, () -> {
                            worker.start();
                            another.ifPresent(Child::start);
                        })
                        .isPresent()
                && isShared();
    }

    /** One crash; nothing if not all of the commands ended in time. */
    Optional<Sample> happen() {
        if (another.isEmpty()) {
            return outcomes(EVERYWHERE, () -> {
                worker.kill();
                worker.start();
            });
        }
        var orphans = shareOfTheWorker();
        var sample = outcomes(orphans, worker::kill);
        boolean asBefore = outcomes(EVERYWHERE, worker::start).isPresent() && isShared();
        return sample.filter(_ -> asBefore);
    }

    private Set<Integer> shareOfTheWorker() {
        try (var group = stage.group()) {
            return group.shares().getOrDefault(worker.name(), Set.of());
        }
    }

    /** Waits until each worker has its share. */
    private boolean isShared() {
        int workers = another.isPresent() ? 2 : 1;
        try (var group = stage.group()) {
            for (long deadline = System.nanoTime() + patience.toNanos(); System.nanoTime() - deadline < 0; ) {
                var shares = group.shares().values();
                if (shares.size() == workers
                        && shares.stream().allMatch(share -> share.size() == Broker.PARTITIONS / workers)) {
                    return true;
                }
                Pause.of(BETWEEN_LOOKS);
            }
        }
        return false;
    }

    private Optional<Sample> outcomes(Set<Integer> partitions, Runnable event) {
        try (var results = Results.outcomes(stage.broker())) {
            long began = System.currentTimeMillis();
            event.run();
            log.waiting(WAITING, partitions);
            for (long deadline = System.nanoTime() + patience.toNanos(); System.nanoTime() - deadline < 0; ) {
                var recorded = results.recorded();
                if (recorded.results() >= WAITING) {
                    return Optional.of(new Sample(recorded.firstAt() - began, recorded.lastAt() - began));
                }
                if (!another.orElse(worker).isRunning()) {
                    return Optional.empty();
                }
                Pause.of(BETWEEN_LOOKS);
            }
            return Optional.empty();
        }
    }
}
