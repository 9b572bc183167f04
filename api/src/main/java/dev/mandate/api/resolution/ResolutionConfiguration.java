package dev.mandate.api.resolution;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.dispatch.Dispatcher;
import dev.mandate.api.intake.SealedTokens;
import dev.mandate.api.log.CommandFetcher;
import dev.mandate.api.status.CommandLinks;
import dev.mandate.api.status.CommandReads;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.resolution.ResolutionPolicy;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.Verifier;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResolutionConfiguration {

    @Bean
    Resolutions resolutions(
            Catalogue catalogue,
            MandateProperties properties,
            SealedTokens tokens,
            Dispatcher dispatcher,
            Signer signer,
            Verifier verifier,
            Clock clock) {
        var ids = new CommandIds(clock, new SecureRandom());
        return new Resolutions(catalogue, properties, ids, tokens, dispatcher, signer, verifier, clock);
    }

    @Bean
    Settlement settlement(
            CommandReads reads,
            CommandFetcher log,
            Catalogue catalogue,
            DefaultPolicy policy,
            Resolutions resolutions,
            CommandLinks links,
            MandateProperties properties) {
        return new Settlement(reads, log, catalogue, new ResolutionPolicy(policy), resolutions, links, properties);
    }
}
