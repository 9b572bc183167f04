package dev.mandate.worker.rig;

import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.contracts.topic.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Bends commands: each method gives the same command with one thing changed, before it is signed. */
public final class Commands {

    private Commands() {}

    public static Command subject(Command c, String subject, Optional<String> clientId) {
        return new Command(
                c.issuer(),
                c.audience(),
                c.id(),
                c.transaction(),
                c.issuedAt(),
                c.deadline(),
                subject,
                clientId,
                c.scope(),
                c.context(),
                c.requester(),
                c.authorization(),
                c.chain(),
                c.bind());
    }

    public static Command audience(Command c, String audience) {
        return new Command(
                c.issuer(),
                audience,
                c.id(),
                c.transaction(),
                c.issuedAt(),
                c.deadline(),
                c.subject(),
                c.clientId(),
                c.scope(),
                c.context(),
                c.requester(),
                c.authorization(),
                c.chain(),
                c.bind());
    }

    public static Command id(Command c, CommandId id) {
        return new Command(
                c.issuer(),
                c.audience(),
                id,
                id.value(),
                c.issuedAt(),
                c.deadline(),
                c.subject(),
                c.clientId(),
                c.scope(),
                c.context(),
                c.requester(),
                c.authorization(),
                c.chain(),
                c.bind());
    }

    public static Command transaction(Command c, CommandId batch) {
        return new Command(
                c.issuer(),
                c.audience(),
                c.id(),
                batch.value(),
                c.issuedAt(),
                c.deadline(),
                c.subject(),
                c.clientId(),
                c.scope(),
                c.context(),
                c.requester(),
                c.authorization(),
                c.chain(),
                c.bind());
    }

    public static Command times(Command c, Instant issuedAt, Instant deadline) {
        return new Command(
                c.issuer(),
                c.audience(),
                c.id(),
                c.transaction(),
                issuedAt,
                deadline,
                c.subject(),
                c.clientId(),
                c.scope(),
                c.context(),
                c.requester(),
                c.authorization(),
                c.chain(),
                c.bind());
    }

    public static Command requester(Command c, Requester requester) {
        return new Command(
                c.issuer(),
                c.audience(),
                c.id(),
                c.transaction(),
                c.issuedAt(),
                c.deadline(),
                c.subject(),
                c.clientId(),
                c.scope(),
                c.context(),
                requester,
                c.authorization(),
                c.chain(),
                c.bind());
    }

    public static Requester token(Requester r, String hash, String sealed) {
        return new Requester(
                r.issuer(),
                r.organization(),
                r.permissions(),
                r.roles(),
                r.application(),
                r.acr(),
                r.amr(),
                r.authenticatedAt(),
                r.ip(),
                hash,
                sealed);
    }

    public static Command bind(Command c, Bind bind) {
        return new Command(
                c.issuer(),
                c.audience(),
                c.id(),
                c.transaction(),
                c.issuedAt(),
                c.deadline(),
                c.subject(),
                c.clientId(),
                c.scope(),
                c.context(),
                c.requester(),
                c.authorization(),
                c.chain(),
                bind);
    }

    public static Command context(Command c, Transaction context) {
        return new Command(
                c.issuer(),
                c.audience(),
                c.id(),
                c.transaction(),
                c.issuedAt(),
                c.deadline(),
                c.subject(),
                c.clientId(),
                context.action(),
                context,
                c.requester(),
                c.authorization(),
                c.chain(),
                c.bind());
    }

    public static Command action(Command c, String action) {
        Transaction t = c.context();
        return context(
                c,
                new Transaction(
                        t.tenant(),
                        action,
                        t.target(),
                        t.arguments(),
                        t.reason(),
                        t.lane(),
                        t.idempotencyKey(),
                        t.requestHash()));
    }

    public static Command arguments(Command c, ObjectNode arguments) {
        Transaction t = c.context();
        return context(
                c,
                new Transaction(
                        t.tenant(),
                        t.action(),
                        t.target(),
                        arguments,
                        t.reason(),
                        t.lane(),
                        t.idempotencyKey(),
                        t.requestHash()));
    }

    public static Command requestHash(Command c, String hash) {
        Transaction t = c.context();
        return context(
                c,
                new Transaction(
                        t.tenant(),
                        t.action(),
                        t.target(),
                        t.arguments(),
                        t.reason(),
                        t.lane(),
                        t.idempotencyKey(),
                        hash));
    }

    /** Another tenant or target, with the key and partition that belong to it. */
    public static Command at(Command c, String tenant, Target target) {
        Transaction t = c.context();
        String key = target.key(tenant);
        Command moved = bind(
                c,
                new Bind(
                        t.lane().topic(),
                        dev.mandate.contracts.topic.Partitioning.partition(key, Rig.PARTITIONS),
                        key));
        return context(
                moved,
                new Transaction(
                        tenant,
                        t.action(),
                        target,
                        t.arguments(),
                        t.reason(),
                        t.lane(),
                        t.idempotencyKey(),
                        t.requestHash()));
    }

    public static Command bulk(Command c) {
        Transaction t = c.context();
        Command moved = bind(
                c, new Bind(Lane.BULK.topic(), c.bind().partition(), c.bind().key()));
        return context(
                moved,
                new Transaction(
                        t.tenant(),
                        t.action(),
                        t.target(),
                        t.arguments(),
                        t.reason(),
                        Lane.BULK,
                        t.idempotencyKey(),
                        t.requestHash()));
    }

    /** What the access token said that came with a command: nothing but who asks. */
    public static AccessTokenClaims claims(Command c) {
        return new AccessTokenClaims(
                c.requester().issuer(),
                c.subject(),
                c.clientId(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false);
    }
}
