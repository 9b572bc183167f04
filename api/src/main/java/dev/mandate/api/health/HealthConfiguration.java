package dev.mandate.api.health;

import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.Verifier;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Named as the readiness group in {@code application.yaml} names them. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    @Bean
    HealthIndicator brokerHealthIndicator(KafkaProperties kafka, Clock clock) {
        var settings = kafka.buildAdminProperties();
        settings.putAll(BrokerHealth.timeouts());
        return new BrokerHealth(settings, clock);
    }

    @Bean
    HealthIndicator keysHealthIndicator(Signer signer, Verifier verifier, KeyRing ring, Clock clock) {
        return new KeysHealth(signer, verifier, ring, clock);
    }
}
