package dev.mandate.bench.recovery;

import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Pause;
import dev.mandate.bench.stage.Results;
import dev.mandate.bench.stage.Stage;
import java.time.Duration;
import java.util.Optional;

/** Ends the only worker as {@code kill -9} does, starts it again at once, and waits for what it does. */
final class Crash {

    /** About one for each partition, so that the last one shows when all of them are worked on. */
    static final int WAITING = 24;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Stage stage;
    private final SettledLog log;
    private final Child worker;
    private final Duration patience;

    /** @param worker not started yet */
    Crash(Stage stage, SettledLog log, Child worker, Duration patience) {
        this.stage = stage;
        this.log = log;
        this.worker = worker;
        this.patience = patience;
    }

    /**
     * How long it took.
     *
     * @param first milliseconds from the kill to the first outcome's being recorded
     * @param last the same of the last one
     */
    record Sample(long first, long last) {}

    /** Starts the worker for the first time; returns whether it has ever done anything. */
    boolean begin() {
        return outcomes(worker::start).isPresent();
    }

    /** One crash; nothing if not all of the commands ended in time. */
    Optional<Sample> happen() {
        return outcomes(() -> {
            worker.kill();
            worker.start();
        });
    }

    private Optional<Sample> outcomes(Runnable event) {
        try (var results = Results.outcomes(stage.broker())) {
            long began = System.currentTimeMillis();
            event.run();
            log.waiting(WAITING);
            long deadline = System.nanoTime() + patience.toNanos();
            while (System.nanoTime() - deadline < 0) {
                var recorded = results.recorded();
                if (recorded.results() >= WAITING) {
                    return Optional.of(new Sample(recorded.firstAt() - began, recorded.lastAt() - began));
                }
                if (!worker.isRunning()) {
                    return Optional.empty();
                }
                Pause.of(BETWEEN_LOOKS);
            }
            return Optional.empty();
        }
    }
}
