package dev.mandate.api.configuration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one requester may have of an instance of the intake, whichever tokens and clients they use. An application is a
 * requester like any other. Streams have a limit of their own ({@link StreamLimits}).
 *
 * @param perSecond how many requests a second in the long run; more are turned away with 429
 * @param burst how many requests at once after a pause
 * @param concurrency how many are worked on at once; more are turned away with 429. Half of the intake's places are the
 *     most that one requester gets, however much is set here
 * @param waiting how many may wait at once for an outcome; more are answered without waiting
 * @param remembered of how many requesters the rate is remembered
 */
public record RequesterLimits(
        @DefaultValue("100") int perSecond,
        @DefaultValue("300") int burst,
        @DefaultValue("32") int concurrency,
        @DefaultValue("50") int waiting,
        @DefaultValue("50000") int remembered) {

    /** @throws IllegalArgumentException when a limit would let nobody in */
    public RequesterLimits {
        if (perSecond < 1 || burst < 1 || concurrency < 1 || waiting < 0 || remembered < 1) {
            throw new IllegalArgumentException("mandate.requester.* must let a request in");
        }
    }
}
