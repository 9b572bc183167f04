package dev.mandate.worker.limits;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The gates of all tenants, and which part of their limits is this worker's. */
public final class TenantGates {

    /** How long a tenant that does not answer is left alone before it is tried again. */
    static final Duration OPEN = Duration.ofSeconds(5);

    private final Map<String, TenantGate> gates = new HashMap<>();
    private volatile double share = 1;

    /** @param tenants their aliases */
    TenantGates(Collection<String> tenants, MeterRegistry meters, Clock clock) {
        var breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN)
                .maxWaitDurationInHalfOpenState(OPEN.multipliedBy(6))
                .permittedNumberOfCallsInHalfOpenState(3)
                .clock(clock)
                .build());
        for (String tenant : tenants) {
            CircuitBreaker breaker = breakers.circuitBreaker(tenant);
            gates.put(tenant, new TenantGate(breaker, () -> share, new Metrics(tenant, meters), clock));
            Gauge.builder("mandate.upstream.open", breaker, one -> one.getState() == CircuitBreaker.State.OPEN ? 1 : 0)
                    .description("1 while a tenant is not called because it does not answer")
                    .tag("tenant", tenant)
                    .register(meters);
        }
        Gauge.builder("mandate.upstream.share", () -> share)
                .description("The part of each tenant's rate limits that is this worker's")
                .register(meters);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /** The gate of one of the tenants. */
    public TenantGate of(String tenant) {
        TenantGate gate = gates.get(tenant);
        if (gate == null) {
            throw new IllegalArgumentException("No tenant of ours: " + tenant);
        }
        return gate;
    }

    /**
     * Takes the share of the limits that goes with some of the partitions, so that all workers together have all.
     *
     * @param assigned how many are this worker's; if it has none the share stays as it was, since nothing is sent
     * @param all how many there are; 0 if that is not known yet
     */
    public void share(int assigned, int all) {
        if (assigned > 0 && all > 0) {
            share = Math.min(1, (double) assigned / all);
        }
    }

    private record Metrics(String tenant, MeterRegistry meters) implements TenantGate.Gauges {

        @Override
        public void family(Family family, RateShare share) {
            Gauge.builder("mandate.upstream.remaining", share, RateShare::remaining)
                    .description("Requests that a bucket of a tenant had left when it last answered")
                    .tag("tenant", tenant)
                    .tag("family", family.name())
                    .register(meters);
        }

        @Override
        public void called(String answer) {
            Counter.builder("mandate.upstream.calls")
                    .description("Calls to Auth0's Management API, look-ups included, by their answers' class")
                    .tag("tenant", tenant)
                    .tag("answer", answer)
                    .register(meters)
                    .increment();
        }
    }
}
