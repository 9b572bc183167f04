package dev.mandate.sandbox.chaos;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Tells from counts that only grow whether things go on. May be asked by several threads. */
final class Vitals {

    /** Longer than what goes wrong at the tenant lasts, shorter than processes take to come back. */
    private static final Duration OF_LATE = Duration.ofSeconds(8);

    private final LongSupplier nanos;
    private final List<Sign> signs;
    private Duration longestSilence = Duration.ZERO;

    private static final class Sign {

        private final IntSupplier count;
        private int known;
        private long grewAt;

        private Sign(IntSupplier count, long now) {
            this.count = count;
            this.grewAt = now;
        }

        private long silence(long now) {
            int current = count.getAsInt();
            if (current > known) {
                known = current;
                grewAt = now;
            }
            return now - grewAt;
        }
    }

    /**
     * Of counts of what was done; at first all is taken to be well.
     *
     * @param nanos a clock
     */
    Vitals(LongSupplier nanos, IntSupplier... counts) {
        this.nanos = nanos;
        long now = nanos.getAsLong();
        this.signs = List.of(counts).stream().map(count -> new Sign(count, now)).toList();
    }

    /** Whether each of them has grown of late. */
    synchronized boolean areGood() {
        long now = nanos.getAsLong();
        var silence = Duration.ofNanos(
                signs.stream().mapToLong(sign -> sign.silence(now)).max().orElse(0));
        if (silence.compareTo(longestSilence) > 0) {
            longestSilence = silence;
        }
        return silence.compareTo(OF_LATE) < 0;
    }

    /** For how long one of them has not grown, at the most, as far as anybody has asked. */
    synchronized Duration longestSilence() {
        return longestSilence;
    }
}
