package dev.mandate.bench.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * How the upstream behaves: how long it takes for each change, and how many requests it lets through.
 *
 * @param delay milliseconds for each change
 * @param perSecond requests that it lets through in a second in the long run; 0 for any number
 * @param burst requests that it lets through at once, when there is a limit
 * @param slowTarget the number of a target that takes longer; -1 for none
 * @param slowDelay milliseconds for each change of that target
 */
public record Conduct(
        @JsonProperty(value = "delay", required = true) long delay,
        @JsonProperty(value = "per_second", required = true) double perSecond,
        @JsonProperty(value = "burst", required = true) int burst,

        @JsonProperty(value = "slow_target", required = true)
        int slowTarget,

        @JsonProperty(value = "slow_delay", required = true) long slowDelay) {

    /** Every change takes this long. */
    public static Conduct taking(Duration delay) {
        return new Conduct(delay.toMillis(), 0, 0, -1, 0);
    }

    /** The same, within a limit. */
    public Conduct limitedTo(double rate, int atOnce) {
        return new Conduct(delay, rate, atOnce, slowTarget, slowDelay);
    }

    /** The same, but for one target. */
    public Conduct slowFor(int target, Duration longer) {
        return new Conduct(delay, perSecond, burst, target, longer.toMillis());
    }

    long delayOf(int target) {
        return target == slowTarget ? slowDelay : delay;
    }
}
