package dev.mandate.api.intake;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.configuration.SharedSecret;
import dev.mandate.api.dispatch.Dispatcher;
import dev.mandate.api.dispatch.Pipeline;
import dev.mandate.api.status.BatchReads;
import dev.mandate.api.status.CommandReads;
import dev.mandate.api.status.KnownBatches;
import dev.mandate.api.status.KnownRequests;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.Signer;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the intake together. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    Assessor assessor(Catalogue catalogue, DefaultPolicy policy, MandateProperties properties) {
        return new Assessor(catalogue, policy, properties);
    }

    @Bean
    SealedTokens sealedTokens(KeyRing ring) {
        return new SealedTokens(ring);
    }

    @Bean
    Withdrawals withdrawals(
            CommandReads commands,
            BatchReads batches,
            SealedTokens tokens,
            Drafter drafter,
            Dispatcher dispatcher,
            MandateProperties properties,
            Clock clock) {
        return new Withdrawals(
                commands, batches, tokens, drafter, dispatcher, new CommandIds(clock, new SecureRandom()), properties);
    }

    @Bean
    Drafter drafter(
            Catalogue catalogue,
            MandateProperties properties,
            SharedSecret secret,
            SealedTokens tokens,
            Dispatcher dispatcher,
            Clock clock) {
        return new Drafter(
                catalogue,
                properties,
                new CommandIds(clock, new SecureRandom()),
                new RequestHash(secret),
                tokens,
                dispatcher.longestSend().plus(properties.intake().tokenMargin()),
                clock);
    }

    @Bean
    Intake intake(
            Assessor assessor,
            Drafter drafter,
            KnownRequests known,
            Dispatcher dispatcher,
            MandateProperties properties,
            Clock clock) {
        return new Intake(
                assessor, drafter, known, dispatcher, properties.intake().keyLife(), clock);
    }

    @Bean
    LineIntake lineIntake(Intake intake, Pipeline pipeline, KnownRequests requests, KnownBatches batches) {
        return new LineIntake(intake, pipeline, requests, batches);
    }

    @Bean
    Receipts receipts(Signer signer, Clock clock) {
        return new Receipts(signer, clock);
    }
}
