package dev.mandate.worker.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long Auth0 asks to wait: {@code Retry-After} in seconds (RFC 9110 §10.2.3); where it is for a limit's sake, else
 * {@code x-ratelimit-reset}, which stands in other answers, too.
 */
public final class RetryHints {

    /** Nobody is believed to ask for more; the deadline ends the waiting anyway. */
    private static final long LONGEST = Duration.ofMinutes(15).toSeconds();

    private static final int TOO_MANY_REQUESTS = 429;

    private RetryHints() {}

    /**
     * Reads the hint out of an answer's headers.
     *
     * @param status the answer's
     * @param header finds a header's first value, whatever the case of its name
     */
    public static Optional<Duration> of(int status, Function<String, Optional<String>> header, Instant now) {
        return header.apply("retry-after")
                .flatMap(RetryHints::number)
                .or(() -> header.apply("x-ratelimit-reset")
                        .filter(_ -> status == TOO_MANY_REQUESTS)
                        .flatMap(RetryHints::number)
                        .map(reset -> reset - now.getEpochSecond()))
                .flatMap(RetryHints::seconds);
    }

    /** So many seconds, as far as they are believed; empty if there are none. */
    public static Optional<Duration> seconds(long seconds) {
        return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST)));
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
