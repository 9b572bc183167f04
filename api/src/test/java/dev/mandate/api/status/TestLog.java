package dev.mandate.api.status;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.TestCalls;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.resolution.OutcomeReference;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.resolution.Verdict;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes genuine records as the intake and the worker would, and others. */
public final class TestLog implements AutoCloseable {

    private final TestKeys keys;
    private final Clock clock = Clock.systemUTC();
    private final KafkaProducer<byte[], byte[]> producer;

    public TestLog(TestKeys keys) {
        this.keys = keys;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Stage.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A command as it stands in the log. */
    public record Appended(Command command, CommandReference reference) {

        public String id() {
            return command.id().value();
        }

        public LogRecord.Position position() {
            return new LogRecord.Position(reference.topic(), reference.partition(), reference.offset());
        }
    }

    /** A command by this person to block somebody. */
    public Command command(TestPerson person) {
        return command(person, "INC-4711", Optional.empty());
    }

    public Command command(TestPerson person, String reason, Optional<String> idempotencyKey) {
        Requester plain = TestCommands.requester(person.issuer(), person.permissions());
        Requester requester = new Requester(
                plain.issuer(),
                person.organization(),
                plain.permissions(),
                plain.roles(),
                plain.application(),
                plain.acr(),
                plain.amr(),
                plain.authenticatedAt(),
                plain.ip(),
                plain.tokenHash(),
                plain.sealedToken());
        Command command = TestCommands.blockUser("auth0|" + UUID.randomUUID(), requester, clock);
        Transaction context = command.context();
        return new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                command.issuedAt(),
                command.deadline(),
                person.subject(),
                command.clientId(),
                command.scope(),
                new Transaction(
                        context.tenant(),
                        context.action(),
                        context.target(),
                        context.arguments(),
                        Optional.of(reason),
                        context.lane(),
                        idempotencyKey,
                        context.requestHash()),
                command.requester(),
                command.authorization(),
                command.chain(),
                command.bind());
    }

    /** The same command under another id. */
    public static Command under(CommandId id, Command command) {
        return new Command(
                command.issuer(),
                command.audience(),
                id,
                id.value(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                command.context(),
                command.requester(),
                command.authorization(),
                command.chain(),
                command.bind());
    }

    /** Appends a command of this person. */
    public Appended append(TestPerson person) {
        return append(command(person));
    }

    public Appended append(Command command) {
        OutgoingRecord record = new CommandWriter(keys.intakeSigner()).write(command);
        RecordMetadata at = send(record);
        return new Appended(command, reference(command, record, at.offset()));
    }

    /** Where a command will stand, before it does. */
    public CommandReference reference(Command command, OutgoingRecord record, long offset) {
        return new CommandReference(
                command.id(),
                record.payloadHash(),
                record.bind().topic(),
                record.bind().partition(),
                offset);
    }

    public RecordMetadata started(Appended appended, int attempt) {
        return journal(appended.command(), new Started(appended.reference(), attempt, "worker-1/1", 0));
    }

    public RecordMetadata repeated(Appended appended, Repeat.Kind kind) {
        return journal(appended.command(), new Repeat(appended.reference(), kind, "worker-1/1"));
    }

    /** The outcome of a success, with this answer of Auth0's. */
    public RecordMetadata succeeded(Appended appended, String answer) {
        return journal(appended.command(), success(appended, answer));
    }

    /** The outcome of a success whose answer was lost, and that Auth0's log shows by this entry. */
    public RecordMetadata foundInLog(Appended appended, String logId) {
        Outcome answered = success(appended, "{}");
        return journal(
                appended.command(),
                new Outcome(
                        answered.command(),
                        answered.status(),
                        1,
                        answered.worker(),
                        answered.authorization(),
                        List.of(),
                        answered.upstream().map(call -> TestCalls.seenInLog(call, logId)),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** The outcome of a call whose answer was lost. */
    public RecordMetadata unknown(Appended appended) {
        return journal(
                appended.command(),
                new Outcome(
                        appended.reference(),
                        OutcomeStatus.UNKNOWN,
                        1,
                        "worker-1/1",
                        Optional.of(decision(Effect.ALLOW)),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new OutcomeError("upstream.timeout", "The answer was lost"))));
    }

    public RecordMetadata denied(Appended appended) {
        return journal(appended.command(), denial(appended));
    }

    /** What the answer to a command is sealed for. */
    static SealingContext context(Appended appended) {
        Command command = appended.command();
        return SealingContext.result(
                appended.id(), command.requester().issuer(), command.requester().organization(), command.subject());
    }

    public Outcome success(Appended appended, String answer) {
        String result = keys.sealerTo("intake").seal(context(appended), answer.getBytes(StandardCharsets.UTF_8));
        return new Outcome(
                appended.reference(),
                OutcomeStatus.SUCCEEDED,
                1,
                "worker-1/1",
                Optional.of(decision(Effect.ALLOW)),
                List.of(),
                Optional.of(new Upstream(
                        "PATCH",
                        "/users/{id}",
                        Optional.of(200),
                        List.of("update:users"),
                        List.of(),
                        appended.id(),
                        Optional.empty())),
                Optional.of(result),
                Optional.empty());
    }

    public Outcome denial(Appended appended) {
        return new Outcome(
                appended.reference(),
                OutcomeStatus.DENIED,
                0,
                "worker-1/1",
                Optional.of(decision(Effect.DENY)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OutcomeError("policy.permission_missing", "A permission is missing")));
    }

    public RecordMetadata journal(Command command, JournalEvent event) {
        return send(new JournalWriter(keys.workerSigner()).write(statement(command, event)));
    }

    public JournalStatement statement(Command command, JournalEvent event) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new JournalStatement(
                "https://mandate.example/worker",
                JournalStatement.audience(TestCommands.ENVIRONMENT),
                new CommandIds(clock, new SecureRandom()).next(),
                now,
                now,
                command.transaction(),
                command.context().target().id(),
                new Bind(
                        Topics.RESULTS,
                        command.bind().partition(),
                        command.bind().key()),
                event);
    }

    /** What somebody said of this command. */
    public Resolution resolution(Appended appended, Verdict verdict) {
        return new Resolution(
                TestCommands.ISSUER,
                Resolution.audience(TestCommands.ENVIRONMENT),
                new CommandIds(clock, new SecureRandom()).next(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "auth0|rosa",
                Optional.empty(),
                appended.reference(),
                new OutcomeReference(
                        "sha-256:x", Topics.RESULTS, appended.reference().partition(), 7),
                verdict,
                "Seen",
                TestCommands.requester(Stage.issuerUrl(), List.of(Resolution.PERMISSION)),
                decision(Effect.ALLOW),
                appended.command().chain(),
                new Bind(Topics.CONTROL, 0, appended.id()));
    }

    public RecordMetadata send(OutgoingRecord record) {
        var outgoing = new ProducerRecord<>(
                record.bind().topic(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value());
        record.headers().forEach(header -> outgoing.headers().add(header.name(), header.value()));
        try {
            return producer.send(outgoing).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private Authorization decision(Effect effect) {
        return new Authorization(
                effect,
                "sha-256:policy",
                Optional.empty(),
                List.of("scopes-as-permissions"),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                0,
                Optional.empty());
    }
}
