package dev.mandate.worker.auth0;

import dev.mandate.worker.limits.TenantGates;
import dev.mandate.worker.settings.WorkerSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Auth0Configuration {

    @Bean
    Tenants tenants(WorkerSettings settings) {
        return new Tenants(settings);
    }

    @Bean
    SdkTransport sdkTransport(WorkerSettings settings) {
        return new SdkTransport(settings.execution());
    }

    @Bean
    ManagementTokens managementTokens(SdkTransport transport, Clock clock) {
        return new ManagementTokens(transport, clock);
    }

    @Bean
    LookUps lookUps(ManagementTokens tokens, SdkTransport transport, TenantGates gates, Clock clock) {
        return new LookUps(tokens, transport, gates, clock);
    }

    @Bean
    Directory directory(LookUps lookUps) {
        return new Directory(lookUps);
    }

    @Bean
    TenantLogs tenantLogs(LookUps lookUps) {
        return new TenantLogs(lookUps);
    }
}
