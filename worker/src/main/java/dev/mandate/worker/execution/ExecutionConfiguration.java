package dev.mandate.worker.execution;

import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.worker.auth0.ManagementTokens;
import dev.mandate.worker.auth0.TenantLogs;
import dev.mandate.worker.limits.TenantGates;
import dev.mandate.worker.settings.WorkerSettings;
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
    LogEvidence logEvidence(TenantLogs logs) {
        return new LogEvidence(logs);
    }

    @Bean
    Execution execution(
            WorkerSettings settings,
            ManagementTokens tokens,
            KeyRing ring,
            Backoff backoff,
            TenantGates gates,
            MeterRegistry meters,
            Clock clock) {
        return new Execution(
                tokens,
                new ManagementHttp(settings.execution(), meters),
                gates,
                new SealedAnswer(new Sealer(ring, INTAKE)),
                backoff,
                meters,
                clock);
    }
}
