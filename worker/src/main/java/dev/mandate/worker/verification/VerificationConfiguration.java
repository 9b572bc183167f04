package dev.mandate.worker.verification;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.signing.Ed25519;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.worker.auth0.Tenants;
import dev.mandate.worker.settings.IssuerSettings;
import dev.mandate.worker.settings.WorkerSettings;
import dev.mandate.worker.time.Stopwatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VerificationConfiguration {

    private static final String OURS = "worker";

    @Bean
    Catalogue catalogue() {
        return Catalogue.bundled();
    }

    @Bean
    MeterBinder signatureProvider() {
        return meters -> Gauge.builder("mandate.signatures", () -> 1)
                .description("The provider that signs and verifies in this process")
                .tag("provider", Ed25519.chosen().provider())
                .register(meters);
    }

    @Bean
    Opener opener(WorkerSettings settings, Clock clock) {
        return new Opener(settings.keys().sealing(), clock);
    }

    @Bean
    Verification verification(
            WorkerSettings settings, Catalogue catalogue, Tenants tenants, Opener opener, KeyRing ring, Clock clock) {
        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.execution().connectTimeout())
                .build();
        var keys = settings.issuers().stream()
                .map(IssuerSettings::url)
                .distinct()
                .collect(Collectors.toMap(
                        issuer -> issuer,
                        issuer -> new IssuerKeys(
                                issuer, new DiscoveredKeys(issuer, http), clock, () -> Stopwatch.start(clock))));
        var tokens = new AccessTokens(
                keys, opener, kid -> ring.isSealedTo(OURS, kid), settings.audience(), settings.rolesClaim());
        return new Verification(
                tokens, catalogue, tenants, opener, settings.consumption().longestLifetime());
    }
}
