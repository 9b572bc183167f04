package dev.mandate.contracts;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Target;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Commands as the intake makes them. */
public final class TestCommands {

    public static final String ENVIRONMENT = "test";
    public static final String TENANT = "acme-prod";
    public static final String ISSUER = "https://mandate.example/intake";
    public static final int PARTITIONS = 6;

    private static final Catalogue CATALOGUE = Catalogue.bundled();

    private TestCommands() {}

    /** Somebody with these permissions, without a token that could be opened. */
    public static Requester requester(String issuer, List<String> permissions) {
        return new Requester(
                issuer,
                Optional.empty(),
                permissions,
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("203.0.113.7"),
                "x",
                "x");
    }

    /** A command that blocks a user. */
    public static Command blockUser(String userId, Requester requester, Clock clock) {
        return command("users.update", "{\"id\":\"" + userId + "\",\"body\":{\"blocked\":true}}", requester, clock);
    }

    /** A command of any action. */
    public static Command command(String action, String arguments, Requester requester, Clock clock) {
        Action entry = CATALOGUE.find(action).orElseThrow();
        ObjectNode parsed = StrictJson.parseObject(arguments.getBytes(StandardCharsets.UTF_8));
        Target target = entry.target(parsed);
        String key = target.key(TENANT);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var id = new CommandIds(clock, new SecureRandom()).next();
        return new Command(
                ISSUER,
                Command.audience(ENVIRONMENT),
                id,
                id.value(),
                now,
                now.plus(Duration.ofMinutes(15)),
                "auth0|requester",
                Optional.of("console"),
                action,
                new Transaction(
                        TENANT,
                        action,
                        target,
                        parsed,
                        Optional.of("INC-4711"),
                        Lane.INTERACTIVE,
                        Optional.empty(),
                        "sha-256:request"),
                requester,
                new Authorization(
                        Effect.ALLOW,
                        new DefaultPolicy().hash(),
                        Optional.of(CATALOGUE.hash()),
                        List.of("scopes-as-permissions"),
                        now,
                        0,
                        Optional.empty()),
                new Chain("intake-1/1", 1, Optional.empty()),
                new Bind(Lane.INTERACTIVE.topic(), Partitioning.partition(key, PARTITIONS), key));
    }

    /** The record as the log would hold it. */
    public static LogRecord appended(OutgoingRecord record, long offset, Instant at) {
        return new LogRecord(
                new LogRecord.Position(record.bind().topic(), record.bind().partition(), offset),
                at,
                record.bind().key().getBytes(StandardCharsets.UTF_8),
                record.value(),
                record.headers());
    }
}
