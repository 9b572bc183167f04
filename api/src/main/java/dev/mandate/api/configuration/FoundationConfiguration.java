package dev.mandate.api.configuration;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.signing.Ed25519;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.KeySigner;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.Verifier;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Clock, keys and catalogue. */
@Configuration(proxyBeanMethods = false)
class FoundationConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Catalogue catalogue() {
        return Catalogue.bundled();
    }

    @Bean
    DefaultPolicy policy() {
        return new DefaultPolicy();
    }

    @Bean
    KeyRing keyRing(MandateProperties properties, Clock clock) {
        return new KeyRing(properties.keys().ring(), clock);
    }

    @Bean
    Verifier verifier(KeyRing ring) {
        return new Verifier(ring);
    }

    @Bean
    Signer signer(MandateProperties properties, Clock clock) {
        return new KeySigner(properties.keys().signing(), clock);
    }

    @Bean
    MeterBinder signatureProvider() {
        return meters -> Gauge.builder("mandate.signatures", () -> 1)
                .description("The provider that signs and verifies in this process")
                .tag("provider", Ed25519.chosen().provider())
                .register(meters);
    }

    @Bean
    Opener resultOpener(MandateProperties properties, Clock clock) {
        return new Opener(properties.keys().sealing(), clock);
    }

    @Bean
    SharedSecret sharedSecret(MandateProperties properties) {
        return SharedSecret.read(properties.keys().secret());
    }
}
