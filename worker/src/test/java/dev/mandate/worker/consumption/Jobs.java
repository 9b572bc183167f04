package dev.mandate.worker.consumption;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.quarantine.QuarantineWriter;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.execution.LogEvidence;
import dev.mandate.worker.journal.Journal;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.verification.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Commands that stand in the log, and jobs of them. */
final class Jobs {

    private static final String PERSON = "https://people.example/";

    private final TestKeys keys;
    private final Clock clock;
    private long offset;

    Jobs(Path directory, Clock clock) {
        this.keys = TestKeys.in(directory, clock);
        this.clock = clock;
    }

    /** Doubts that nothing settles: Auth0's log shows nothing. */
    static Doubts doubts(Workshop workshop, ConsumptionMetrics metrics, Clock clock) {
        return new Doubts(
                (request, since) -> new LogEvidence.Finding.Nothing(),
                workshop,
                metrics,
                (job, call) -> {},
                Duration.ofSeconds(30),
                clock);
    }

    /** A journal under the worker's key. */
    Journal journal(CommandIds ids, String worker) {
        return new Journal(
                new JournalWriter(keys.workerSigner()),
                new QuarantineWriter(keys.workerSigner()),
                ids,
                clock,
                "https://mandate.example/worker",
                TestCommands.ENVIRONMENT,
                worker);
    }

    /** A job of the next record in the log. */
    Job next(OwnedPartition home) {
        return next(home, TestCommands.blockUser("auth0|uma", TestCommands.requester(PERSON, List.of()), clock));
    }

    Job next(OwnedPartition home, Command command) {
        LogRecord found =
                TestCommands.appended(new CommandWriter(keys.intakeSigner()).write(command), offset++, clock.instant());
        try {
            ReceivedCommand received = new CommandReader(keys.verifier(), TestCommands.ENVIRONMENT).read(found);
            var job = new Job(found, received, home);
            home.tracker(found.position().topic()).read(found.position().offset(), found.appendedAt());
            home.add(job);
            return job;
        } catch (RejectedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same job, of the same record, in another home. */
    static Job again(Job job, OwnedPartition home) {
        return new Job(job.found(), job.received(), home);
    }

    /** An event as it is read back from the journal, about some target. */
    static ReceivedStatement said(JournalEvent event, Instant at) {
        return said(event, "key", at);
    }

    /** An event as it is read back from the journal. */
    static ReceivedStatement said(JournalEvent event, String key, Instant at) {
        return new ReceivedStatement(
                new JournalStatement(
                        "https://mandate.example/worker",
                        List.of("mandate:test:audit"),
                        event.command().id(),
                        at,
                        at,
                        event.command().id().value(),
                        "auth0|uma",
                        new Bind(Topics.RESULTS, event.command().partition(), key),
                        event),
                "sha-256:x",
                "worker-key",
                new LogRecord.Position(Topics.RESULTS, event.command().partition(), 0),
                at);
    }

    /** A partition of which this has been read back. */
    static OwnedPartition home(JournalIndex index, Instant at) {
        var home = new OwnedPartition(0);
        home.recovered(
                new Recovery.Recovered(
                        index,
                        Map.of(Topics.COMMANDS, 0L, Topics.COMMANDS_BULK, 0L),
                        TestCommands.PARTITIONS,
                        Span.NOTHING),
                at);
        return home;
    }

    /** How the journal names a job's record. */
    static CommandReference reference(Job job) {
        return job.received().reference();
    }

    /** What the journal was heard to say of a command. */
    static Mention mention(CommandId command, long offset, Instant at) {
        return new Mention(command, false, new LogRecord.Position(Topics.RESULTS, 0, offset), at);
    }

    /** The request of a command that was verified. */
    static Request request(ReceivedCommand received) {
        Command command = received.command();
        return new Request(
                received,
                Commands.claims(command),
                null,
                Catalogue.bundled().find(command.context().action()).orElseThrow(),
                Map.of());
    }
}
