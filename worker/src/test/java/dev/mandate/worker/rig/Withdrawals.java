package dev.mandate.worker.rig;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.CancellationWriter;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes cancellations as the API makes them. */
public final class Withdrawals {

    private static final CommandIds IDS = new CommandIds(Clock.systemUTC(), new SecureRandom());

    private final Rig rig;

    public Withdrawals(Rig rig) {
        this.rig = rig;
    }

    /** A new id, as batches have one. */
    public static CommandId id() {
        return IDS.next();
    }

    /** Somebody calls a command off. */
    public static Cancellation of(Command command, AccessTokenClaims claims, Requester requester) {
        return of(new Cancellation.Scope(Cancellation.Kind.COMMAND, command.id()), claims, requester);
    }

    /** Somebody calls something off. */
    public static Cancellation of(Cancellation.Scope scope, AccessTokenClaims claims, Requester requester) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String key = scope.id().value();
        return new Cancellation(
                TestCommands.ISSUER,
                Command.audience(Rig.ENVIRONMENT),
                id(),
                now,
                now.plus(Duration.ofHours(24)),
                claims.subject(),
                claims.clientId(),
                scope,
                Optional.of("INC-4711"),
                requester,
                new Chain("intake-1/1", 1, Optional.empty()),
                new Bind(Topics.CONTROL, Partitioning.partition(key, Rig.PARTITIONS), key));
    }

    /** The bearer of a token calls a command off. */
    public OutgoingRecord command(String token, Command command) {
        return sign(of(command, Intake.claims(token), requester(token)));
    }

    /** The bearer of a token calls a batch off. */
    public OutgoingRecord batch(String token, CommandId batch) {
        return sign(of(new Cancellation.Scope(Cancellation.Kind.BATCH, batch), Intake.claims(token), requester(token)));
    }

    public OutgoingRecord sign(Cancellation cancellation) {
        return new CancellationWriter(rig.keys().intakeSigner()).write(complete(cancellation));
    }

    private Cancellation complete(Cancellation c) {
        return new Cancellation(
                c.issuer(),
                c.audience(),
                c.id(),
                c.issuedAt(),
                c.until(),
                c.subject(),
                c.clientId(),
                c.scope(),
                c.reason(),
                rig.intake().complete(c.requester(), c.id(), c.issuedAt(), c.bind()),
                c.chain(),
                c.bind());
    }

    private Requester requester(String token) {
        return rig.intake().requester(token, Intake.claims(token));
    }
}
