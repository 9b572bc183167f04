package dev.mandate.sandbox.chaos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Trouble at times that are known before.
 *
 * @param plan what goes wrong when
 * @param length the time that it takes at least
 */
record Schedule(List<Plan.Planned> plan, Duration length) implements Trouble {

    /** Copies the list. */
    Schedule {
        plan = List.copyOf(plan);
    }

    @Override
    public void make(Consumer<Blow> strike) {
        long start = System.nanoTime();
        try (var blows = new Together()) {
            for (var planned : plan) {
                blows.begin(() -> {
                    passUntil(start, planned.at());
                    strike.accept(planned.blow());
                });
            }
            passUntil(start, length);
        }
    }

    private static void passUntil(long start, Duration at) {
        try {
            TimeUnit.NANOSECONDS.sleep(at.toNanos() - (System.nanoTime() - start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
