package dev.mandate.api.intake;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes a command out of an assessed submission: everything but its place in the chain. */
final class Drafter {

    private final Catalogue catalogue;
    private final MandateProperties properties;
    private final CommandIds ids;
    private final RequestHash requestHash;
    private final SealedTokens tokens;
    private final Duration tokenLife;
    private final Clock clock;

    /** @param tokenLife how long an access token must still live when a command is signed under it */
    Drafter(
            Catalogue catalogue,
            MandateProperties properties,
            CommandIds ids,
            RequestHash requestHash,
            SealedTokens tokens,
            Duration tokenLife,
            Clock clock) {
        this.catalogue = catalogue;
        this.properties = properties;
        this.ids = ids;
        this.requestHash = requestHash;
        this.tokens = tokens;
        this.tokenLife = tokenLife;
        this.clock = clock;
    }

    /** What a command will be, before it is numbered, dated and signed. */
    record Draft(CommandId id, String transaction, String key, String requestHash, Transaction context, String ip) {

        String topic() {
            return context.lane().topic();
        }
    }

    /** Derives the id, hashes the request, and seals the arguments that only the worker may read. */
    Draft draft(Caller caller, String ip, Assessor.Assessed assessed, Passage passage) {
        Submission submission = assessed.submission();
        Target target = assessed.action().target(submission.arguments());
        String key = target.key(submission.tenant());
        CommandId id = passage.key()
                .map(value -> derivedId(caller, submission, passage.lane(), key, value))
                .orElseGet(ids::next);
        tokens.requireKey();
        String hash = requestHash.of(assessed.action(), submission, passage.lane());
        var context = new Transaction(
                submission.tenant(),
                submission.action(),
                target,
                SecretArguments.seal(assessed.action(), id, submission.arguments(), tokens.sealer()),
                submission.reason(),
                passage.lane(),
                passage.key().map(IdempotencyKey::value),
                hash);
        return new Draft(id, passage.batch().orElse(id).value(), key, hash, context, ip);
    }

    /**
     * The command at a place in the chain, dated now. What happened since the token was verified may have taken a
     * while; so its time is looked at here, after everything that waits for something.
     */
    Function<Chain, Command> command(Caller caller, Assessor.Assessed assessed, Draft draft, int partitions) {
        var bind = new Bind(draft.topic(), Partitioning.partition(draft.key(), partitions), draft.key());
        return chain -> {
            Instant now = requireLife(caller).truncatedTo(ChronoUnit.SECONDS);
            return new Command(
                    properties.issuer(),
                    Command.audience(properties.environment()),
                    draft.id(),
                    draft.transaction(),
                    now,
                    now.plus(lifetime(draft.context().lane())),
                    caller.subject(),
                    caller.claims().clientId(),
                    assessed.action().name(),
                    draft.context(),
                    Requester.of(
                            caller.claims(),
                            Optional.of(draft.ip()),
                            caller.tokenHash(),
                            tokens.seal(caller, draft.id(), now, bind)),
                    Authorization.of(assessed.decision(), catalogue, now, Optional.empty()),
                    chain,
                    bind);
        };
    }

    /**
     * Requires the caller's token to live long enough for a command to be made with it.
     *
     * @return now
     */
    Instant requireLife(Caller caller) {
        Instant now = clock.instant();
        caller.requireLife(now.plus(tokenLife));
        return now;
    }

    private Duration lifetime(Lane lane) {
        return switch (lane) {
            case INTERACTIVE -> properties.intake().lifetime();
            case BULK -> properties.batch().lifetime();
        };
    }

    /**
     * The same requester, client, organization of the login, tenant, lane, target and key give the same command, at
     * whichever instance.
     */
    private static CommandId derivedId(
            Caller caller, Submission submission, Lane lane, String recordKey, IdempotencyKey key) {
        return CommandIds.derived(List.of(
                caller.issuer(),
                caller.subject(),
                caller.claims().clientId().orElse(""),
                caller.organization().orElse(""),
                submission.tenant(),
                lane.name(),
                recordKey,
                key.value()));
    }
}
