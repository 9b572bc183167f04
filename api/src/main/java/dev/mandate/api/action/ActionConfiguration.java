package dev.mandate.api.action;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.policy.DefaultPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what shows the catalogue. */
@Configuration(proxyBeanMethods = false)
class ActionConfiguration {

    @Bean
    Examples examples(Catalogue catalogue) {
        return new Examples(catalogue);
    }

    @Bean
    Prospects prospects(DefaultPolicy policy, MandateProperties properties, Examples examples) {
        return new Prospects(policy, properties, examples);
    }
}
