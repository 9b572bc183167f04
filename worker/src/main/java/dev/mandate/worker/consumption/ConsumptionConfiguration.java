package dev.mandate.worker.consumption;

import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.CancellationReader;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.authorization.LiveAuthorization;
import dev.mandate.worker.execution.Backoff;
import dev.mandate.worker.execution.Execution;
import dev.mandate.worker.execution.LogEvidence;
import dev.mandate.worker.limits.TenantGates;
import dev.mandate.worker.settings.WorkerSettings;
import dev.mandate.worker.verification.Verification;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ConsumptionConfiguration {

    @Bean
    WorkerLoop workerLoop(
            WorkerSettings settings,
            KafkaProperties kafka,
            KeyRing ring,
            Catalogue catalogue,
            Verification verification,
            LiveAuthorization authorization,
            Execution execution,
            LogEvidence evidence,
            TenantGates gates,
            Backoff backoff,
            MeterRegistry meters,
            Guards guards,
            ApplicationEventPublisher events,
            Clock clock) {
        var clients = new KafkaClients(kafka, settings.instance());
        Duration reach = settings.consumption()
                .longestLifetime()
                .plus(RecordChecks.LATENESS)
                .plus(RecordChecks.SKEW);
        var cancellations = new Cancellations(
                new CancellationReader(new Verifier(ring), settings.environment()),
                verification::check,
                reach,
                Cancellations.MOST_OF_ONE,
                clock,
                meters);
        var follower = new CancellationFollower(
                () -> clients.reader("cancellations"), Topics.CONTROL, cancellations, reach, clock);
        var assembly = new LoopAssembly(
                settings,
                clients,
                ring,
                catalogue,
                verification,
                authorization,
                execution,
                evidence,
                gates,
                backoff,
                new ConsumptionMetrics(meters),
                guards,
                follower,
                clock);
        return new WorkerLoop(assembly, follower, events, settings, clock);
    }

    @Bean
    Guards guards() {
        return new Guards();
    }

    @Bean
    LoopHealth loopHealthIndicator(WorkerLoop loop, Clock clock) {
        return new LoopHealth(loop::state, clock);
    }

    @Bean
    LoopPulse pulseHealthIndicator(WorkerLoop loop, Clock clock) {
        return new LoopPulse(loop::state, clock);
    }
}
