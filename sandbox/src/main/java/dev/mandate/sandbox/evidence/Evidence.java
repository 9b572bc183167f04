package dev.mandate.sandbox.evidence;

import dev.mandate.audit.log.KafkaLog;
import dev.mandate.audit.log.Log;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.quarantine.QuarantineReader;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What the topics hold, read with the auditor's credentials and believed by public keys alone. */
public final class Evidence {

    private final Sandbox sandbox;
    private final CommandReader commands;
    private final JournalReader journal;
    private final QuarantineReader quarantine;

    /** The evidence about this sandbox. */
    public Evidence(Sandbox sandbox) {
        this.sandbox = sandbox;
        var verifier = new Verifier(new KeyRing(sandbox.keys().ring(), Clock.systemUTC()));
        commands = new CommandReader(verifier, Names.ENVIRONMENT);
        journal = new JournalReader(verifier, Names.ENVIRONMENT);
        quarantine = new QuarantineReader(verifier, Names.ENVIRONMENT);
    }

    /** Every record of every topic, up to now. */
    public List<LogRecord> records() {
        var records = new ArrayList<LogRecord>();
        try (Log log = KafkaLog.connect(auditorsSettings(), Clock.systemUTC())) {
            log.read(new Log.Reader() {
                @Override
                public void record(LogRecord record) {
                    records.add(record);
                }

                @Override
                public void suspect(String place, String reason) {
                    throw new IllegalStateException(place + ": " + reason);
                }
            });
        }
        return records;
    }

    /** How many records there are. */
    public int size() {
        return records().size();
    }

    /** The record of a command, and what it says. */
    public Optional<Found> command(String id) {
        return commands().stream()
                .filter(found -> found.command().command().id().value().equals(id))
                .findFirst();
    }

    /** Every record that is a command, repeats included, in the order of each partition. */
    public List<Found> commands() {
        return records().stream()
                .filter(record ->
                        Topics.COMMAND_TOPICS.contains(record.position().topic()))
                .<Found>mapMulti((record, found) -> {
                    try {
                        found.accept(new Found(record, commands.read(record)));
                    } catch (RejectedException e) {
                        // Not a command.
                    }
                })
                .toList();
    }

    /**
     * A command in the log.
     *
     * @param record the record
     * @param command what it says
     */
    public record Found(LogRecord record, ReceivedCommand command) {}

    /** What the worker stated, in order. */
    public List<JournalEvent> journal() {
        var events = new ArrayList<JournalEvent>();
        for (var record : records()) {
            if (record.position().topic().equals(Topics.RESULTS)) {
                try {
                    events.add(journal.read(record).statement().event());
                } catch (RejectedException e) {
                    throw new IllegalStateException("the journal holds a record that is not genuine", e);
                }
            }
        }
        return events;
    }

    /** Why the record of this position is in quarantine, if it is: a stable code. */
    public Optional<String> quarantined(LogRecord.Position position) {
        for (var record : records()) {
            if (record.position().topic().equals(Topics.QUARANTINE)) {
                try {
                    var statement = quarantine.read(record).statement();
                    if (statement.origin().equals(position)) {
                        return Optional.of(statement.reason());
                    }
                } catch (RejectedException e) {
                    throw new IllegalStateException("the quarantine holds a record that no worker put there", e);
                }
            }
        }
        return Optional.empty();
    }

    private Properties auditorsSettings() {
        var settings = new Properties();
        try (var file = Files.newBufferedReader(sandbox.auditorsSettings())) {
            settings.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
