package dev.mandate.api.status;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.load.Admission;
import dev.mandate.api.log.OpaqueTokens;
import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.api.projection.ReadModel;
import dev.mandate.api.projection.ReadModelUnavailableException;
import dev.mandate.contracts.sealing.Opener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

    @Bean
    CommandTable commandTable(ReadModel readModel) {
        return new CommandTable(readModel);
    }

    @Bean
    BatchTable batchTable(ReadModel readModel) {
        return new BatchTable(readModel);
    }

    @Bean
    KnownBatches knownBatches(BatchTable table) {
        return new ProjectedBatches(table);
    }

    @Bean
    BatchReads batchReads(
            BatchTable table,
            ProjectionProgress progress,
            Views views,
            SignedLinks links,
            Admission admission,
            Clock clock) {
        return new BatchReads(table, progress, views, links, admission, clock);
    }

    @Bean
    Visibility visibility(MandateProperties properties) {
        return new Visibility(properties);
    }

    @Bean
    SignedLinks commandLinks(OpaqueTokens tokens) {
        return new SignedLinks(tokens);
    }

    @Bean
    Views views(Opener opener) {
        return new Views(opener);
    }

    @Bean
    KnownRequests knownRequests(CommandTable table) {
        return new ProjectedRequests(table);
    }

    @Bean
    Watches watches(CommandTable table, ProjectionProgress progress, MeterRegistry metrics) {
        var watches = new Watches(new ReadModelHelp(table, progress));
        Gauge.builder("mandate.waits", watches, Watches::count)
                .description("Requests that wait for a command's outcome")
                .register(metrics);
        return watches;
    }

    @Bean
    BeforeDrain endWaits(Watches watches) {
        return new BeforeDrain(watches::endAll);
    }

    @Bean
    OutcomeWaits outcomeWaits(Watches watches, Views views, SignedLinks links) {
        return new LiveOutcomeWaits(watches, views, links);
    }

    @Bean
    CommandReads commandReads(
            CommandTable table,
            ProjectionProgress progress,
            Visibility visibility,
            Watches watches,
            Views views,
            SignedLinks links,
            Admission admission) {
        return new CommandReads(table, progress, visibility, watches, views, links, admission);
    }

    @Bean
    CommandSearch commandSearch(
            CommandTable table,
            ProjectionProgress progress,
            Visibility visibility,
            OpaqueTokens tokens,
            Views views,
            SignedLinks links) {
        return new CommandSearch(table, progress, visibility, new SearchCursor(tokens), views, links);
    }

    /** The read model as a help to those who wait; they never wait for the database itself. */
    private record ReadModelHelp(CommandTable table, ProjectionProgress progress) implements Watches.WatchHelp {

        private static final Duration INTERVAL = Duration.ofSeconds(2);

        @Override
        public Optional<CommandState> ask(String commandId) {
            try {
                return progress.isCurrent() ? table.find(UUID.fromString(commandId)) : Optional.empty();
            } catch (ReadModelUnavailableException e) {
                return Optional.empty();
            }
        }

        @Override
        public Duration interval() {
            return INTERVAL;
        }
    }
}
