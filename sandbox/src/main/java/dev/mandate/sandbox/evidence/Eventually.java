package dev.mandate.sandbox.evidence;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again and again, until something is there or patience ends. */
public final class Eventually {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Eventually() {}

    /** The first thing found, or nothing when it was not found in time. */
    public static <T> Optional<T> find(Duration patience, Supplier<Optional<T>> look) {
        long began = System.nanoTime();
        while (true) {
            var found = look.get();
            if (found.isPresent() || System.nanoTime() - began > patience.toNanos()) {
                return found;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    /** Whether it came true in time. */
    public static boolean isTrue(Duration patience, BooleanSupplier look) {
        return find(patience, () -> look.getAsBoolean() ? Optional.of(true) : Optional.<Boolean>empty())
                .isPresent();
    }
}
