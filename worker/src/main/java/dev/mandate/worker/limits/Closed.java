package dev.mandate.worker.limits;

import java.time.Duration;

/**
 * Why a tenant is not to be called now.
 *
 * @param delay how long to wait before asking again
 * @param code the stable code, such as {@code upstream.rate_limited}
 * @param because what to tell people
 */
public record Closed(Duration delay, String code, String because) {

    /** It was closed a moment ago. */
    public static final Closed JUST_NOW = away(Duration.ofMillis(250));

    static Closed away(Duration delay) {
        return new Closed(delay, "upstream.unavailable", "Auth0 asked to be left alone, or was away");
    }

    static Closed limited(Duration delay) {
        return new Closed(delay, "upstream.rate_limited", "Auth0's rate limit was used up");
    }
}
