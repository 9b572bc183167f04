package dev.mandate.api.log;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.configuration.SharedSecret;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.resolution.ResolutionReader;
import dev.mandate.contracts.signing.Verifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    @Bean
    LogReaders logReaders(KafkaProperties kafka) {
        return new LogReaders(kafka.buildConsumerProperties());
    }

    @Bean
    LogVerifier logVerifier(Verifier verifier, MandateProperties mandate, MeterRegistry metrics) {
        return new LogVerifier(
                new CommandReader(verifier, mandate.environment()),
                new JournalReader(verifier, mandate.environment()),
                new ResolutionReader(verifier, mandate.environment()),
                metrics);
    }

    @Bean
    CommandFetcher commandFetcher(LogReaders readers, LogVerifier verifier, MandateProperties mandate) {
        return new CommandFetcher(readers, verifier, mandate.instance());
    }

    @Bean
    CommandOwners commandOwners(CommandFetcher fetcher) {
        return new CommandOwners(fetcher);
    }

    @Bean
    LogLoop liveFollower(
            LogReaders readers, LogVerifier verifier, List<LiveListener> listeners, MandateProperties mandate) {
        var follower = new LiveFollower(verifier, listeners);
        String name = mandate.instance() + "-" + LiveFollower.NAME;
        return new LogLoop(readers, name, LiveFollower.SPACING, follower::follow, () -> {});
    }

    @Bean
    OpaqueTokens opaqueTokens(SharedSecret secret) {
        return new OpaqueTokens(secret);
    }
}
