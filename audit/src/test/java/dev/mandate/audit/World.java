package dev.mandate.audit;

import dev.mandate.audit.log.Extent;
import dev.mandate.audit.log.Log;
import dev.mandate.audit.verification.Report;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.Operation;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.CancellationWriter;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.command.RunEnd;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.command.UncertainSend;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.journal.StepStatus;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.policy.TargetFacts;
import dev.mandate.contracts.policy.TenantFacts;
import dev.mandate.contracts.quarantine.Fingerprint;
import dev.mandate.contracts.quarantine.QuarantineStatement;
import dev.mandate.contracts.quarantine.QuarantineWriter;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A small, well-behaved world: one intake, one worker, and a log in memory. Tests let one thing go wrong in it. */
public final class World {

    public static final String PERSON_ISSUER = "https://acme.example/";
    public static final String INSTANCE = "intake-1/1";
    public static final String WORKER = "worker-1/1";

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final DefaultPolicy POLICY = new DefaultPolicy();

    private final TestKeys keys;
    private final List<LogRecord> records = new ArrayList<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<String, Long> starts = new HashMap<>();
    private final Clock clock = InstantSource.system().withZone(ZoneOffset.UTC);
    private final CommandIds ids = new CommandIds(clock, new SecureRandom());
    private Instant now;
    private long sequence;
    private Optional<String> previous = Optional.empty();

    public World(Path directory) {
        this(TestKeys.in(directory, Clock.systemUTC()), Instant.parse("2026-11-23T12:00:00Z"));
    }

    private World(TestKeys keys, Instant now) {
        this.keys = keys;
        this.now = now;
    }

    /** An empty log, with the same keys. */
    public World again() {
        return new World(keys, Instant.parse("2026-11-23T12:00:00Z"));
    }

    /** The same in real time, for a real broker. */
    public World today() {
        return new World(keys, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    public TestKeys keys() {
        return keys;
    }

    public Instant now() {
        return now;
    }

    public void later(Duration duration) {
        now = now.plus(duration);
    }

    // What the intake does.

    /** A command as the intake would sign it next, allowed by these permissions. */
    public Command draft(String action, String arguments, List<String> permissions) {
        Requester requester = TestCommands.requester(PERSON_ISSUER, permissions);
        Command made = TestCommands.command(action, arguments, requester, Clock.fixed(now, ZoneOffset.UTC));
        Action entry = CATALOGUE.find(action).orElseThrow();
        var decision = POLICY.decide(entry, made.context().arguments(), facts(made, permissions, Standing.UNVERIFIED));
        return with(made, Authorization.of(decision, CATALOGUE, now, Optional.empty()), chain());
    }

    public Chain chain() {
        return new Chain(INSTANCE, sequence + 1, previous);
    }

    /** A draft that blocks this user. */
    public Command blocking(String user) {
        return draft("users.update", "{\"id\":\"" + user + "\",\"body\":{\"blocked\":true}}", List.of("update:users"));
    }

    public static Command with(Command command, Authorization authorization, Chain chain) {
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                command.context(),
                command.requester(),
                authorization,
                chain,
                command.bind());
    }

    /** The same id and place in the log's keys, with another request hash: what a conflict looks like. */
    public Command again(Command command, String requestHash) {
        Transaction context = command.context();
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                now,
                now.plus(Duration.ofMinutes(15)),
                command.subject(),
                command.clientId(),
                command.scope(),
                new Transaction(
                        context.tenant(),
                        context.action(),
                        context.target(),
                        context.arguments(),
                        context.reason(),
                        context.lane(),
                        context.idempotencyKey(),
                        requestHash),
                command.requester(),
                command.authorization(),
                chain(),
                command.bind());
    }

    /** Signs, numbers and appends. */
    public ReceivedCommand send(Command command) {
        return read(append(sign(command)));
    }

    /** Signs and numbers, without appending. */
    public OutgoingRecord sign(Command command) {
        return numbered(command.chain(), new CommandWriter(keys.intakeSigner()).write(command));
    }

    /** What the intake signed for this place in its chain. */
    public OutgoingRecord numbered(Chain chain, OutgoingRecord record) {
        if (chain.equals(chain())) {
            sequence++;
            previous = Optional.of(record.payloadHash());
        }
        return record;
    }

    public ReceivedCommand read(LogRecord found) {
        try {
            return new CommandReader(keys.verifier(), TestCommands.ENVIRONMENT).read(found);
        } catch (RejectedException e) {
            throw new AssertionError(e.code().code(), e);
        }
    }

    public void declareUncertain(Command command) {
        control(
                command.id().value(),
                StrictJson.write(
                        new UncertainSend(command.issuer(), now, command.id(), command.chain(), command.bind())));
    }

    /** The intake stops in order. */
    public LogRecord end() {
        return end(new RunEnd.Last(INSTANCE, sequence, previous.orElseThrow()));
    }

    public LogRecord end(RunEnd.Last last) {
        return control(last.instance(), StrictJson.write(new RunEnd(TestCommands.ISSUER, now, last)));
    }

    private LogRecord control(String id, byte[] payload) {
        return append(new OutgoingRecord(
                new Bind(Topics.CONTROL, 0, INSTANCE),
                keys.intakeSigner().sign(StatementType.CONTROL, payload).getBytes(StandardCharsets.US_ASCII),
                new EventHeaders(
                                id,
                                TestCommands.ISSUER,
                                StatementType.CONTROL.typ(),
                                INSTANCE,
                                now,
                                StatementType.CONTROL)
                        .toHeaders(),
                Hashes.sha256(payload)));
    }

    /** Somebody calls something off; it is signed and numbered, and not appended. */
    public OutgoingRecord calling(Cancellation.Scope scope, String subject, Requester requester) {
        String key = scope.id().value();
        OutgoingRecord record = new CancellationWriter(keys.intakeSigner())
                .write(new Cancellation(
                        TestCommands.ISSUER,
                        Command.audience(TestCommands.ENVIRONMENT),
                        ids.next(),
                        now,
                        now.plus(Duration.ofHours(24)),
                        subject,
                        Optional.of("console"),
                        scope,
                        Optional.empty(),
                        requester,
                        chain(),
                        new Bind(Topics.CONTROL, Partitioning.partition(key, TestCommands.PARTITIONS), key)));
        sequence++;
        previous = Optional.of(record.payloadHash());
        return record;
    }

    /** A command's requester calls it off. */
    public OutgoingRecord calling(Command command) {
        return calling(
                new Cancellation.Scope(Cancellation.Kind.COMMAND, command.id()),
                command.subject(),
                command.requester());
    }

    // What the worker does.

    public Facts facts(Command command, List<String> permissions, Standing standing) {
        Action entry = CATALOGUE.find(command.context().action()).orElseThrow();
        return new Facts(
                new RequesterFacts(
                        command.requester().issuer(),
                        command.subject(),
                        command.requester().organization(),
                        permissions,
                        command.requester().roles(),
                        command.requester().application(),
                        standing),
                new TenantFacts(TestCommands.TENANT, List.of(PERSON_ISSUER), false),
                entry.targets(command.context().arguments()).stream()
                        .map(TargetFacts::unknown)
                        .toList());
    }

    /** The worker's decision by these facts. */
    public Authorization decide(Command command, Facts facts) {
        Action entry = CATALOGUE.find(command.context().action()).orElseThrow();
        return Authorization.of(
                POLICY.decide(entry, command.context().arguments(), facts), CATALOGUE, now, Optional.of(facts));
    }

    public Authorization decide(Command command) {
        return decide(command, facts(command, command.requester().permissions(), Standing.ACTIVE));
    }

    public LogRecord started(ReceivedCommand received, int attempt) {
        return started(received, attempt, Optional.of(decide(received.command())));
    }

    public LogRecord started(ReceivedCommand received, int attempt, Optional<Authorization> authorization) {
        return started(received, attempt, authorization, Optional.empty());
    }

    private LogRecord started(
            ReceivedCommand received, int attempt, Optional<Authorization> authorization, Optional<StepStarted> step) {
        return journal(
                received,
                new Started(
                        received.reference(),
                        attempt,
                        WORKER,
                        received.position().offset(),
                        authorization,
                        step));
    }

    /** The same decision, made with a catalogue of another release. */
    public static Authorization elsewhere(Authorization authorization) {
        return new Authorization(
                authorization.decision(),
                authorization.policy(),
                Optional.of("sha-256:another"),
                authorization.rules(),
                authorization.at(),
                0,
                authorization.facts());
    }

    public Outcome succeeded(ReceivedCommand received) {
        return outcome(received, OutcomeStatus.SUCCEEDED, 1, Optional.of(decide(received.command())));
    }

    public Outcome outcome(
            ReceivedCommand received, OutcomeStatus status, int attempt, Optional<Authorization> authorization) {
        return outcome(received.reference(), received.command(), status, attempt, authorization);
    }

    public Outcome outcome(
            CommandReference reference,
            Command command,
            OutcomeStatus status,
            int attempt,
            Optional<Authorization> authorization) {
        Action entry = CATALOGUE.find(command.context().action()).orElseThrow();
        boolean called = attempt > 0;
        return new Outcome(
                reference,
                status,
                attempt,
                WORKER,
                authorization,
                List.of(),
                called
                        ? Optional.of(new Upstream(
                                entry.method(),
                                entry.path(),
                                Optional.of(entry.success().getFirst()),
                                entry.scopes(),
                                List.of(),
                                command.id().value(),
                                Optional.empty()))
                        : Optional.empty(),
                Optional.empty(),
                status == OutcomeStatus.SUCCEEDED
                        ? Optional.empty()
                        : Optional.of(new OutcomeError("some.code", "A sentence.")));
    }

    /** The outcome of what was called off. */
    public Outcome cancelled(ReceivedCommand received, int attempt, OutgoingRecord cancellation) {
        return new Outcome(
                received.reference(),
                OutcomeStatus.CANCELLED,
                attempt,
                WORKER,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OutcomeError("command.cancelled", "A sentence.")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cancellation.payloadHash()));
    }

    /** A draft that lifts both kinds of block from this user, in two steps. */
    public Command unblocking(String user) {
        return draft("users.unblock", "{\"id\":\"" + user + "\"}", List.of("update:users"));
    }

    /** The step of a macro begins that comes after these. */
    public LogRecord begun(ReceivedCommand received, int attempt, List<StepOutcome> before) {
        String action = operations(received).get(before.size()).action().name();
        return begun(received, attempt, new StepStarted(before.size(), action, before));
    }

    public LogRecord begun(ReceivedCommand received, int attempt, StepStarted step) {
        return begun(received, attempt, Optional.of(decide(received.command())), step);
    }

    public LogRecord begun(
            ReceivedCommand received, int attempt, Optional<Authorization> authorization, StepStarted step) {
        return started(received, attempt, authorization, Optional.of(step));
    }

    /** How a step of a macro ended, with the call that it takes. */
    public StepOutcome line(ReceivedCommand received, int index, StepStatus status, int attempt) {
        Action entry = operations(received).get(index).action();
        return new StepOutcome(
                entry.name(),
                status,
                attempt,
                Optional.of(new Upstream(
                        entry.method(),
                        entry.path(),
                        Optional.of(status.isDone() ? entry.success().getFirst() : 400),
                        entry.scopes(),
                        List.of(),
                        received.command().id().value(),
                        Optional.empty())),
                Optional.empty(),
                status.isDone() ? Optional.empty() : Optional.of(new OutcomeError("some.code", "A sentence.")));
    }

    public Outcome outcome(ReceivedCommand received, OutcomeStatus status, List<StepOutcome> lines) {
        int attempt = lines.stream()
                .filter(line -> line.status() != StepStatus.NOT_DONE)
                .toList()
                .getLast()
                .attempt();
        return new Outcome(
                received.reference(),
                status,
                attempt,
                WORKER,
                Optional.of(decide(received.command())),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                status == OutcomeStatus.SUCCEEDED
                        ? Optional.empty()
                        : Optional.of(new OutcomeError("some.code", "A sentence.")),
                Optional.of(lines),
                Optional.empty());
    }

    private static List<Operation> operations(ReceivedCommand received) {
        var context = received.command().context();
        return CATALOGUE.operations(CATALOGUE.find(context.action()).orElseThrow(), context.arguments());
    }

    public LogRecord journal(ReceivedCommand about, JournalEvent event) {
        return append(statement(about, event, keys.workerSigner()));
    }

    public OutgoingRecord statement(ReceivedCommand about, JournalEvent event, Signer signer) {
        Command command = about.command();
        return new JournalWriter(signer)
                .write(new JournalStatement(
                        "https://mandate.example/worker",
                        JournalStatement.audience(TestCommands.ENVIRONMENT),
                        ids.next(),
                        now,
                        now,
                        command.transaction(),
                        command.context().target().id(),
                        new Bind(
                                Topics.RESULTS,
                                about.position().partition(),
                                command.bind().key()),
                        event));
    }

    public LogRecord repeated(ReceivedCommand received, Repeat.Kind kind) {
        return journal(received, new Repeat(received.reference(), kind, WORKER));
    }

    /** A command from beginning to end. */
    public ReceivedCommand done(Command command) {
        ReceivedCommand received = send(command);
        started(received, 1);
        journal(received, succeeded(received));
        return received;
    }

    public LogRecord quarantine(LogRecord found, RejectionCode reason) {
        return quarantine(found, reason, UnaryOperator.identity());
    }

    public LogRecord quarantine(LogRecord found, RejectionCode reason, UnaryOperator<QuarantineWriter.Copy> change) {
        return quarantine(found, reason, keys.workerSigner(), change);
    }

    /** As somebody would do who may write to the topic, and has this key. */
    public LogRecord quarantine(
            LogRecord found, RejectionCode reason, Signer signer, UnaryOperator<QuarantineWriter.Copy> change) {
        var copy = change.apply(new QuarantineWriter(signer)
                .write(
                        new QuarantineStatement(
                                "https://mandate.example/worker",
                                QuarantineStatement.audience(TestCommands.ENVIRONMENT),
                                now,
                                WORKER,
                                found.position(),
                                reason.code(),
                                "Because",
                                Fingerprint.of(found)),
                        found));
        return append(Topics.QUARANTINE, found.position().partition(), copy.key(), copy.value(), copy.headers());
    }

    // What the broker does.

    public LogRecord append(OutgoingRecord record) {
        return append(
                record.bind().topic(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers());
    }

    public LogRecord append(String topic, int partition, byte[] key, byte[] value, List<Header> headers) {
        long offset = ends.merge(topic + "/" + partition, 1L, Long::sum) - 1;
        var found = new LogRecord(new Position(topic, partition, offset), now, key, value, headers);
        records.add(found);
        now = now.plusSeconds(1);
        return found;
    }

    /** What a broker that can't be trusted would do: the record at this place is another. */
    public void replace(Position position, UnaryOperator<LogRecord> change) {
        records.replaceAll(record -> record.position().equals(position) ? change.apply(record) : record);
    }

    public void drop(Position position) {
        records.removeIf(record -> record.position().equals(position));
    }

    /** What retention does: the first records of a partition are gone. */
    public void retainFrom(String topic, int partition, long offset) {
        starts.put(topic + "/" + partition, offset);
        records.removeIf(record -> record.position().topic().equals(topic)
                && record.position().partition() == partition
                && record.position().offset() < offset);
    }

    /** Everything up to now. */
    public Log log() {
        var ranges = new ArrayList<Extent.Range>();
        for (String topic :
                List.of(Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.QUARANTINE, Topics.CONTROL)) {
            for (int partition = 0; partition < TestCommands.PARTITIONS; partition++) {
                String place = topic + "/" + partition;
                ranges.add(new Extent.Range(
                        topic, partition, starts.getOrDefault(place, 0L), ends.getOrDefault(place, 0L)));
            }
        }
        return new MemoryLog(new Extent(now, ranges), sorted());
    }

    private List<LogRecord> sorted() {
        return records.stream()
                .sorted(Comparator.<LogRecord>comparingInt(
                                record -> record.position().partition())
                        .thenComparing(LogRecord::appendedAt))
                .toList();
    }

    public Report verify() {
        return Audit.verify(log(), keys.keyRing(), TestCommands.ENVIRONMENT);
    }

    private record MemoryLog(Extent extent, List<LogRecord> records) implements Log {

        @Override
        public void read(Reader reader) {
            records.forEach(reader::record);
        }

        @Override
        public void close() {}
    }
}
