package dev.mandate.bench.stage;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.sandbox.Names;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Commands as the API signs them: each carries its requester's access token, sealed to the worker for that command
 * alone.
 */
public final class SignedCommands {

    private static final String ACTION = "users.update";
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Clock clock = Clock.systemUTC();
    private final CommandIds ids = new CommandIds(clock, new SecureRandom());
    private final String run = ids.next().value();
    private final Catalogue catalogue = Catalogue.bundled();
    private final Action action = catalogue.find(ACTION).orElseThrow();
    private final String policy = new DefaultPolicy().hash();
    private final CommandWriter writer;
    private final Numbers numbers;
    private final Lane lane;
    private final List<Asking> people = new ArrayList<>();
    private long sequence;

    private final Sealer sealer;

    private record Asking(Issuer.Person person, String tokenHash) {}

    SignedCommands(Kit kit, Issuer issuer, Numbers numbers, Lane lane) {
        this.writer = kit.writer();
        this.numbers = numbers;
        this.lane = lane;
        this.sealer = kit.sealer("worker");
        for (int i = 0; i < Stage.PEOPLE; i++) {
            var person = issuer.person(i);
            people.add(new Asking(person, Hashes.tokenHash(person.token())));
        }
    }

    /**
     * A command and its record.
     *
     * @param command what it says
     * @param record what is sent
     */
    public record Signed(Command command, OutgoingRecord record) {}

    /** The next command. */
    public Signed next() {
        return next(clock.instant());
    }

    /** The next command, as it would have been signed at this time. */
    public Signed next(Instant at) {
        var numbered = numbers.next();
        var asking = people.get(numbered.number() % people.size());
        var arguments = StrictJson.object().put("id", numbered.user());
        arguments.set("body", StrictJson.parse(numbered.body().getBytes(StandardCharsets.UTF_8)));
        var target = action.target(arguments);
        var key = target.key(Names.TENANT);
        // As people ask: half of them under an idempotency key, which workers must remember for a day.
        var id = numbered.number() % 2 == 0
                ? ids.next()
                : CommandIds.derived(List.of(run, String.valueOf(numbered.number())));
        Instant now = at.truncatedTo(ChronoUnit.SECONDS);
        var bind = new Bind(lane.topic(), Partitioning.partition(key, Broker.PARTITIONS), key);
        var sealed = sealer.seal(
                SealingContext.token(asking.tokenHash(), id.value(), now, bind),
                asking.person().token().getBytes(StandardCharsets.UTF_8));
        var command = new Command(
                Names.INTAKE_ISSUER,
                Command.audience(Names.ENVIRONMENT),
                id,
                id.value(),
                now,
                now.plus(LIFETIME),
                asking.person().claims().subject(),
                asking.person().claims().clientId(),
                ACTION,
                new Transaction(
                        Names.TENANT,
                        ACTION,
                        target,
                        arguments,
                        Optional.of("INC-4711"),
                        lane,
                        Optional.empty(),
                        "sha-256:of-the-request"),
                Requester.of(asking.person().claims(), Optional.of("127.0.0.1"), asking.tokenHash(), sealed),
                new Authorization(
                        Effect.ALLOW,
                        policy,
                        Optional.of(catalogue.hash()),
                        List.of("scopes-as-permissions"),
                        now,
                        0,
                        Optional.empty()),
                new Chain("intake-1/1", ++sequence, Optional.empty()),
                bind);
        return new Signed(command, writer.write(command));
    }

    /** All targets whose commands stand in the same partition as this one's. */
    public List<Integer> inThePartitionOf(int target) {
        int partition = partition(target);
        return IntStream.range(0, Stage.TARGETS)
                .filter(other -> partition(other) == partition)
                .boxed()
                .toList();
    }

    private int partition(int target) {
        var arguments = StrictJson.object().put("id", Numbers.user(target));
        return Partitioning.partition(action.target(arguments).key(Names.TENANT), Broker.PARTITIONS);
    }
}
