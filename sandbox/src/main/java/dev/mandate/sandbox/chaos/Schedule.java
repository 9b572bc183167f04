package dev.mandate.sandbox.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Trouble in an order that is known before. Its times are those of a clock that stands still while nothing lives: on a
 * machine where processes take long to come back, less goes wrong in the same time, and not everything at once.
 *
 * @param plan what goes wrong when
 * @param length how long it goes on, by everybody's clock
 */
record Schedule(List<Plan.Planned> plan, Duration length) implements Trouble {

    private static final Duration TICK = Duration.ofMillis(100);

    /** Copies the list. */
    Schedule {
        plan = List.copyOf(plan);
    }

    @Override
    public void make(Scene scene) {
        var next = new ArrayDeque<>(plan);
        var planned = Duration.ZERO;
        long last = System.nanoTime();
        long end = last + length.toNanos();
        try (var blows = new Together()) {
            while (last < end) {
                while (!next.isEmpty() && next.getFirst().at().compareTo(planned) <= 0) {
                    var blow = next.removeFirst().blow();
                    blows.begin(() -> scene.strike(blow));
                }
                pass();
                long now = System.nanoTime();
                if (scene.isAlive()) {
                    planned = planned.plusNanos(now - last);
                }
                last = now;
            }
        }
    }

    private static void pass() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
