package dev.mandate.worker.limits;

import dev.mandate.worker.settings.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

    @Bean
    TenantGates tenantGates(WorkerSettings settings, MeterRegistry meters, Clock clock) {
        return new TenantGates(settings.tenants().keySet(), meters, clock);
    }
}
