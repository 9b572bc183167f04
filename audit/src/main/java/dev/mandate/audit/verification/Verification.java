package dev.mandate.audit.verification;

import dev.mandate.audit.log.Extent;
import dev.mandate.audit.log.Log;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.CancellationReader;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.ReceivedCancellation;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.RunEnd;
import dev.mandate.contracts.command.UncertainSend;
import dev.mandate.contracts.journal.JournalReader;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.quarantine.QuarantineReader;
import dev.mandate.contracts.resolution.ReceivedResolution;
import dev.mandate.contracts.resolution.ResolutionReader;
import dev.mandate.contracts.signing.KeyRing;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.RecordChecks;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import tools.jackson.databind.node.ObjectNode;

/** One pass over a log, checking everything. */
public final class Verification implements Log.Reader {

    private static final int MAX_CONTROL = 64 * 1024;
    private static final Set<StatementType> CONTROL = Set.of(StatementType.CONTROL);
    private static final int NONE = -1;

    private final Extent extent;
    private final Verifier verifier;
    private final CommandReader commands;
    private final JournalReader journal;
    private final QuarantineReader quarantine;
    private final CancellationReader cancellations;
    private final ResolutionReader resolutionReader;
    private final Duration grace;
    private final LongConsumer progress;
    private final Tally tally = new Tally();
    private final Catalogue catalogue = Catalogue.bundled();
    private final Decisions decisions = new Decisions(catalogue, tally);
    private final Cancelled cancelled = new Cancelled(tally);
    private final Resolutions resolutions = new Resolutions();
    private final Retention retention;
    private final Statements statements;
    private final Chains chains = new Chains();
    private final Ids ids = new Ids();
    private final Map<String, Long> offsets = new HashMap<>();
    private Group group;
    private int number = NONE;
    private long records;

    private Verification(Extent extent, KeyRing ring, String environment, Duration grace, LongConsumer progress) {
        this.extent = extent;
        this.verifier = new Verifier(ring);
        this.commands = new CommandReader(verifier, environment);
        this.journal = new JournalReader(verifier, environment);
        this.quarantine = new QuarantineReader(verifier, environment);
        this.cancellations = new CancellationReader(verifier, environment);
        this.resolutionReader = new ResolutionReader(verifier, environment);
        this.grace = grace;
        this.progress = progress;
        this.retention = new Retention(extent);
        this.statements = new Statements(
                tally,
                decisions,
                new Execution(catalogue, tally),
                new StepOrder(catalogue, tally),
                cancelled,
                resolutions,
                retention);
        this.group = newGroup();
    }

    /**
     * Checks a log.
     *
     * @param log read once, not closed
     * @param ring everybody's public keys
     * @param environment the environment that commands and journal must be meant for
     * @param grace how long after its time something may be missing before that is reported
     * @param progress told now and then how many records have been read
     * @throws dev.mandate.audit.log.LogUnreadableException when the log can't be read to its end
     */
    public static Report of(Log log, KeyRing ring, String environment, Duration grace, LongConsumer progress) {
        var verification = new Verification(log.extent(), ring, environment, grace, progress);
        log.read(verification);
        return verification.finish();
    }

    @Override
    public void suspect(String place, String reason) {
        tally.fails(Check.LOG, place, reason + ".");
    }

    @Override
    public void record(LogRecord record) {
        records++;
        progress.accept(records);
        tally.examined(Check.LOG);
        Position position = record.position();
        if (extent.side(position) != Extent.Side.WITHIN) {
            tally.fails(Check.LOG, position.toString(), "It lies outside of the ranges that were looked at.");
        }
        if (record.appendedAt().isAfter(extent.seenAt().plus(RecordChecks.SKEW))) {
            tally.fails(Check.LOG, position.toString(), "It was appended after the look at the log's ends.");
        }
        if (position.partition() != number) {
            turnTo(position.partition());
        }
        String partition = position.topic() + "/" + position.partition();
        Long before = offsets.put(partition, position.offset());
        if (before == null) {
            retention.beginsWith(record);
        } else if (before >= position.offset()) {
            tally.fails(Check.LOG, position.toString(), "It comes after offset " + before + " of its partition.");
        }
        switch (position.topic()) {
            case Topics.COMMANDS, Topics.COMMANDS_BULK -> command(record);
            case Topics.RESULTS -> statement(record);
            case Topics.QUARANTINE -> quarantined(record);
            case Topics.CONTROL -> control(record);
            default -> tally.fails(Check.LOG, position.toString(), "Mandate has no such topic.");
        }
    }

    private void command(LogRecord record) {
        ReceivedCommand received;
        try {
            received = commands.read(record);
            requirePartitionOfKey(received.command().bind());
        } catch (RejectedException e) {
            group.untrusted(record, e);
            return;
        }
        group.command(record, received);
    }

    /** A signed partition that is not the key's would take a command out of the order of its target. */
    private void requirePartitionOfKey(Bind bind) throws RejectedException {
        if (Partitioning.partition(bind.key(), extent.partitions(bind.topic())) != bind.partition()) {
            throw new RejectedException(RejectionCode.BIND_MISMATCH, "Not the partition of its key");
        }
    }

    private void statement(LogRecord record) {
        tally.examined(Check.JOURNAL);
        try {
            group.statement(journal.read(record));
        } catch (RejectedException e) {
            fails(Check.JOURNAL, record, e);
        }
    }

    private void quarantined(LogRecord record) {
        tally.examined(Check.QUARANTINE);
        try {
            group.quarantined(quarantine.read(record));
        } catch (RejectedException e) {
            fails(Check.QUARANTINE, record, e);
        }
    }

    private void control(LogRecord record) {
        tally.examined(Check.CONTROL);
        if (CancellationReader.claimsToBeOne(record)) {
            cancellation(record);
            return;
        }
        if (ResolutionReader.isClaimedBy(record)) {
            resolution(record);
            return;
        }
        byte[] payload;
        try {
            payload =
                    RecordChecks.verify(record, MAX_CONTROL, CONTROL, verifier).payload();
        } catch (RejectedException e) {
            fails(Check.CONTROL, record, e);
            return;
        }
        try {
            aboutNumbers(StrictJson.parseObject(payload), record);
        } catch (RejectedException e) {
            fails(Check.CONTROL, record, e);
        } catch (MalformedJsonException e) {
            tally.note(Check.CONTROL, "statement(s) of a kind that is not understood here");
        }
    }

    private void cancellation(LogRecord record) {
        try {
            ReceivedCancellation received = cancellations.read(record);
            chains.found(
                    received.cancellation().chain(),
                    received.payloadHash(),
                    received.position(),
                    received.cancellation().issuedAt(),
                    received.appendedAt(),
                    true);
            cancelled.found(received);
            tally.note(Check.CONTROL, "cancellation(s)");
        } catch (RejectedException e) {
            fails(Check.CONTROL, record, e);
        }
    }

    private void aboutNumbers(ObjectNode claims, LogRecord record) throws RejectedException {
        if (claims.has("ended")) {
            RunEnd end = StrictJson.convert(claims, RunEnd.class);
            RecordChecks.requireFresh(end.issuedAt(), record.appendedAt());
            chains.ended(end.last(), record.position(), record.appendedAt());
            return;
        }
        UncertainSend uncertain = StrictJson.convert(claims, UncertainSend.class);
        RecordChecks.requireFresh(uncertain.issuedAt(), record.appendedAt());
        chains.uncertain(uncertain.chain());
        tally.note(Check.CONTROL, "send(s) of uncertain fate");
    }

    private void resolution(LogRecord record) {
        try {
            ReceivedResolution received = resolutionReader.read(record);
            // All that is said of a command stands in one partition: so there is a first.
            requirePartitionOfKey(received.resolution().bind());
            chains.found(
                    received.resolution().chain(),
                    received.payloadHash(),
                    received.position(),
                    received.resolution().issuedAt(),
                    received.appendedAt(),
                    true);
            resolutions.found(received);
        } catch (RejectedException e) {
            fails(Check.CONTROL, record, e);
        }
    }

    private void fails(Check check, LogRecord record, RejectedException e) {
        tally.fails(check, record.position().toString(), e.code().code() + ": " + e.getMessage() + ".");
    }

    private void turnTo(int next) {
        if (next < number) {
            tally.fails(Check.LOG, "partition " + next, "Its records do not stand together.");
        }
        group.finish(chains, ids);
        group = newGroup();
        number = next;
    }

    private Group newGroup() {
        return new Group(extent, retention, grace, tally, decisions, statements);
    }

    private Report finish() {
        group.finish(chains, ids);
        chains.examine(tally, retention.numberedUntil(), extent.seenAt());
        cancelled.examine(extent.seenAt(), extent.startsLate(Topics.CONTROL));
        resolutions.examine(tally, extent, decisions);
        return tally.report(extent, records);
    }
}
