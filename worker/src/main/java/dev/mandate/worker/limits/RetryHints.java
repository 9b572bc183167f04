package dev.mandate.worker.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How long Auth0 asks to wait: {@code Retry-After} in seconds (RFC 9110 §10.2.3), else {@code x-ratelimit-reset}. */
public final class RetryHints {

    /** Beyond this a hint is no longer believed; the deadline ends the waiting anyway. */
    private static final long LONGEST = Duration.ofMinutes(15).toSeconds();

    private RetryHints() {}

    /**
     * Reads the hint out of an answer's headers.
     *
     * @param header finds a header's first value, whatever the case of its name
     */
    public static Optional<Duration> of(Function<String, Optional<String>> header, Instant now) {
        return header.apply("retry-after")
                .flatMap(RetryHints::number)
                .or(() -> header.apply("x-ratelimit-reset")
                        .flatMap(RetryHints::number)
                        .map(reset -> reset - now.getEpochSecond()))
                .flatMap(RetryHints::seconds);
    }

    public static Optional<Duration> seconds(long seconds) {
        return seconds < 0 || seconds > LONGEST ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
