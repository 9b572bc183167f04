package dev.mandate.worker.execution;

import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.worker.auth0.ManagementTokens;
import dev.mandate.worker.auth0.Tenants;
import dev.mandate.worker.settings.WorkerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExecutionConfiguration {

    private static final String INTAKE = "intake";

    @Bean
    KeyRing keyRing(WorkerSettings settings, Clock clock) {
        return new KeyRing(settings.keys().ring(), clock);
    }

    @Bean
    Backoff backoff(WorkerSettings settings) {
        return new Backoff(settings.execution());
    }

    @Bean
    Execution execution(
            WorkerSettings settings,
            ManagementTokens tokens,
            KeyRing ring,
            Backoff backoff,
            Tenants tenants,
            MeterRegistry meters,
            Clock clock) {
        var execution = new Execution(
                tokens,
                new ManagementHttp(settings.execution()),
                new SealedAnswer(new Sealer(ring, INTAKE)),
                backoff,
                clock);
        tenants.all().forEach(tenant -> {
            CircuitBreaker breaker = execution.gate(tenant).breaker();
            Gauge.builder("mandate.upstream.open", breaker, one -> one.getState() == CircuitBreaker.State.OPEN ? 1 : 0)
                    .description("1 while a tenant is not called because it does not answer")
                    .tag("tenant", tenant.alias())
                    .register(meters);
        });
        return execution;
    }
}
