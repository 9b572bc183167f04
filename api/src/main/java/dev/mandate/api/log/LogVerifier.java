package dev.mandate.api.log;

import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.resolution.ResolutionReader;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies records. What isn't genuine is counted and passed over: the broker is not believed. */
public final class LogVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(LogVerifier.class);

    private final CommandReader commands;
    private final JournalReader journal;
    private final ResolutionReader resolutions;
    private final MeterRegistry metrics;

    LogVerifier(CommandReader commands, JournalReader journal, ResolutionReader resolutions, MeterRegistry metrics) {
        this.commands = commands;
        this.journal = journal;
        this.resolutions = resolutions;
        this.metrics = metrics;
    }

    /**
     * Verifies one record.
     *
     * @param reader who asks, for the metric {@code mandate.log.rejected}
     * @return empty when the record is not what it claims to be, or, on the control topic, nothing about a command
     */
    public Optional<LogEvent> verify(LogRecord found, String reader) {
        boolean isControl = found.position().topic().equals(Topics.CONTROL);
        if (isControl && !ResolutionReader.isClaimedBy(found)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (found.position().topic()) {
                        case Topics.CONTROL -> new LogEvent.Resolved(resolutions.read(found));
                        case Topics.RESULTS -> new LogEvent.Journaled(journal.read(found));
                        default -> new LogEvent.Commanded(commands.read(found));
                    });
        } catch (RejectedException e) {
            metrics.counter(
                            "mandate.log.rejected",
                            "reader",
                            reader,
                            "topic",
                            found.position().topic(),
                            "code",
                            e.code().code())
                    .increment();
            LOG.atWarn()
                    .addKeyValue("position", found.position())
                    .addKeyValue("errorCode", e.code().code())
                    .log("Record passed over");
            return Optional.empty();
        }
    }
}
