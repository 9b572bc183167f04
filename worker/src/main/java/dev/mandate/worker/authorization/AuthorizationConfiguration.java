package dev.mandate.worker.authorization;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.worker.auth0.Directory;
import dev.mandate.worker.auth0.Tenants;
import dev.mandate.worker.settings.WorkerSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuthorizationConfiguration {

    @Bean
    LiveAuthorization liveAuthorization(
            WorkerSettings settings, Catalogue catalogue, Directory directory, Tenants tenants, Clock clock) {
        return new LiveAuthorization(
                new DefaultPolicy(),
                catalogue,
                new RequesterLookup(directory, tenants, settings.audience()),
                directory,
                settings.authorization().factsMaxAge(),
                clock);
    }
}
