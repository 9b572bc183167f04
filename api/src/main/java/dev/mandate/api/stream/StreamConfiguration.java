package dev.mandate.api.stream;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.load.Admission;
import dev.mandate.api.log.CommandOwners;
import dev.mandate.api.log.LogReaders;
import dev.mandate.api.log.LogVerifier;
import dev.mandate.api.log.OpaqueTokens;
import dev.mandate.api.status.BeforeDrain;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    StreamHub streamHub(CommandOwners owners, MandateProperties properties) {
        return new StreamHub(owners, properties.streams().buffer());
    }

    @Bean
    BeforeDrain endStreams(StreamHub hub) {
        return new BeforeDrain(hub::endAll);
    }

    @Bean
    StreamTokens streamTokens(OpaqueTokens tokens) {
        return new StreamTokens(tokens);
    }

    @Bean
    EventStreams eventStreams(
            StreamHub hub,
            Admission admission,
            LogReaders readers,
            LogVerifier verifier,
            CommandOwners owners,
            StreamTokens tokens,
            JsonMapper json,
            MandateProperties properties,
            Clock clock,
            MeterRegistry metrics) {
        var places = new StreamPlaces(properties.streams());
        Gauge.builder("mandate.streams", places, StreamPlaces::count)
                .description("Event streams that are open")
                .register(metrics);
        return new EventStreams(
                hub,
                places,
                admission,
                readers,
                new Replay(verifier, owners, clock),
                tokens,
                new Frames(json),
                properties.streams(),
                clock,
                metrics);
    }
}
