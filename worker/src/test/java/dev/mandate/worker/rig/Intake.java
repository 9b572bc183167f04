package dev.mandate.worker.rig;

import com.nimbusds.jwt.SignedJWT;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.simulator.seed.DemoSeed;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes commands as the API makes them, and sends them, or whatever else is to be sent. */
public final class Intake implements AutoCloseable {

    private static final String UNSEALED = "unsealed-";

    private final Rig rig;
    private final KafkaProducer<byte[], byte[]> producer;

    /** The tokens of statements that are not signed yet, by what stands in the seal's place until then. */
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    Intake(Rig rig) {
        this.rig = rig;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Rig.bootstrapServers(),
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A person's access token. */
    public String token(String person) {
        return rig.simulator()
                .forge()
                .access(person, DemoSeed.CONSOLE, Rig.AUDIENCE)
                .signed();
    }

    /** The access token of a person who logged in through an organization. */
    public String token(String person, String organization) {
        return rig.simulator()
                .forge()
                .access(person, DemoSeed.CONSOLE, Rig.AUDIENCE, organization)
                .signed();
    }

    /** A command by somebody who just got a token. */
    public Command command(String person, String action, String arguments) {
        return commandWith(token(person), action, arguments);
    }

    /** A command by whom a token names. */
    public Command commandWith(String token, String action, String arguments) {
        AccessTokenClaims claims = claims(token);
        return as(claims, TestCommands.command(action, arguments, requester(token, claims), Clock.systemUTC()));
    }

    /** An unsafe write: each time it is done, Uma gets another link to a new password. */
    public Command ticket() {
        return command(DemoSeed.ADA, "tickets.changePassword", "{\"body\":{\"user_id\":\"" + DemoSeed.UMA + "\"}}");
    }

    /** A guarded write: Auth0 refuses to create the same person again. */
    public Command creation() {
        return sealed(command(
                DemoSeed.ADA,
                "users.create",
                "{\"body\":{\"email\":\"new@acme.example\",\"password\":\"Correct-Horse-9\""
                        + ",\"connection\":\"Username-Password-Authentication\"}}"));
    }

    /** The same command with its secret arguments sealed to the worker. */
    public Command sealed(Command command) {
        Action action = Catalogue.bundled().find(command.context().action()).orElseThrow();
        return Commands.arguments(
                command,
                SecretArguments.seal(
                        action,
                        command.id(),
                        command.context().arguments(),
                        rig.keys().sealerTo("worker")));
    }

    /** What a token says of its bearer; the token itself is sealed when a statement with it is signed. */
    public Requester requester(String token, AccessTokenClaims claims) {
        String unsealed = UNSEALED + tokens.size();
        tokens.put(unsealed, token);
        return Requester.of(claims, Optional.of("203.0.113.7"), Hashes.tokenHash(token), unsealed);
    }

    /** The same command with the token sealed for it, as the intake does it last of all. */
    public Command complete(Command command) {
        return Commands.requester(
                command, complete(command.requester(), command.id(), command.issuedAt(), command.bind()));
    }

    /** As above, for any statement. */
    Requester complete(Requester requester, CommandId id, Instant issuedAt, Bind bind) {
        String token = tokens.get(requester.sealedToken());
        if (token == null) {
            return requester;
        }
        String sealed = rig.keys()
                .sealerTo("worker")
                .seal(
                        SealingContext.token(Hashes.tokenHash(token), id.value(), issuedAt, bind),
                        token.getBytes(StandardCharsets.UTF_8));
        return Commands.token(requester, requester.tokenHash(), sealed);
    }

    public static AccessTokenClaims claims(String token) {
        try {
            return AccessTokenClaims.from(
                    SignedJWT.parse(token).getJWTClaimsSet().getClaims(), Rig.ROLES_CLAIM);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Command as(AccessTokenClaims claims, Command command) {
        return Commands.subject(command, claims.subject(), claims.clientId());
    }

    /** The signed record of a command. */
    public OutgoingRecord sign(Command command) {
        return sign(command, rig.keys().intakeSigner());
    }

    public OutgoingRecord sign(Command command, Signer signer) {
        return new CommandWriter(signer).write(complete(command));
    }

    /** Sends a command where it belongs. */
    public Command send(Command command) {
        send(sign(command));
        return command;
    }

    public RecordMetadata send(OutgoingRecord record) {
        return send(
                record.bind().topic(),
                record.bind().partition(),
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers());
    }

    /** Sends any bytes anywhere. */
    public RecordMetadata send(String topic, int partition, byte[] key, byte[] value, List<LogRecord.Header> headers) {
        List<Header> kafka = headers.stream()
                .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                .toList();
        try {
            return producer.send(new ProducerRecord<>(topic, partition, key, value, kafka))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
