package dev.mandate.api.configuration;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The intake's limits.
 *
 * @param concurrency how many requests are worked on at once; more are turned away with 503
 * @param waiting how many requests may wait at once for an outcome; more are answered without waiting
 * @param maxBody the largest body of a request
 * @param maxWait the longest wait that {@code Prefer: wait} gets
 * @param lifetime how long after signing a command may be executed
 * @param acknowledgement how long the broker may take to acknowledge a command
 * @param tokenMargin how much longer than the broker may take an access token must live for a command to be made with
 *     it
 * @param keyLife how long after its first use an {@code Idempotency-Key} is taken for the same request; workers must
 *     remember it for longer
 * @param cachedTokens how many verified tokens are remembered
 * @param keysMaxAge how old an issuer's keys may get before they are fetched again
 * @param clockSkew how far issuers' clocks may be off
 */
public record IntakeLimits(
        @DefaultValue("256") int concurrency,
        @DefaultValue("10000") int waiting,
        @DefaultValue("64KB") DataSize maxBody,
        @DefaultValue("30s") Duration maxWait,
        @DefaultValue("15m") Duration lifetime,
        @DefaultValue("5s") Duration acknowledgement,
        @DefaultValue("10s") Duration tokenMargin,
        @DefaultValue("23h") Duration keyLife,
        @DefaultValue("20000") int cachedTokens,
        @DefaultValue("5m") Duration keysMaxAge,
        @DefaultValue("30s") Duration clockSkew) {}
