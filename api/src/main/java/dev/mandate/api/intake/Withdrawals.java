package dev.mandate.api.intake;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.dispatch.Dispatcher;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.BatchReads;
import dev.mandate.api.status.CommandReads;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Calls off what people asked for themselves. It is asked for, signed like a command and with the person's own token;
 * the worker decides what it still meets, and the outcome says so.
 */
final class Withdrawals {

    private final CommandReads commands;
    private final BatchReads batches;
    private final SealedTokens tokens;
    private final Drafter drafter;
    private final Dispatcher dispatcher;
    private final CommandIds ids;
    private final MandateProperties properties;

    Withdrawals(
            CommandReads commands,
            BatchReads batches,
            SealedTokens tokens,
            Drafter drafter,
            Dispatcher dispatcher,
            CommandIds ids,
            MandateProperties properties) {
        this.commands = commands;
        this.batches = batches;
        this.tokens = tokens;
        this.drafter = drafter;
        this.dispatcher = dispatcher;
        this.ids = ids;
        this.properties = properties;
    }

    /** A cancellation that is in the log. */
    record Recorded(String id, String payloadHash) {}

    /**
     * Calls off a command of the caller's.
     *
     * @param position the position in its link, if there was one
     * @throws dev.mandate.api.problem.ProblemException 403, 404 and 409 as {@link CommandReads#cancellableUntil}; 503
     *     {@code broker.unavailable}
     * @throws org.springframework.security.core.AuthenticationException 401 {@code token.too_little_life}
     * @throws Exception when the thread is interrupted
     */
    Recorded command(Caller caller, String ip, String id, Optional<String> position, Optional<String> reason)
            throws Exception {
        Instant deadline = commands.cancellableUntil(caller, id, position);
        return send(caller, ip, Cancellation.Kind.COMMAND, id, reason, Optional.of(deadline));
    }

    /**
     * Calls off what is left of a batch of the caller's. There may be more of it to come, so it is never too late.
     *
     * @param positions those in its link, if there were any
     * @throws dev.mandate.api.problem.ProblemException 404 {@code batch.not_found}, 503 {@code broker.unavailable}
     * @throws org.springframework.security.core.AuthenticationException 401 {@code token.too_little_life}
     * @throws Exception when the thread is interrupted
     */
    Recorded batch(Caller caller, String ip, String id, Optional<String> positions, Optional<String> reason)
            throws Exception {
        batches.require(caller, id, positions);
        return send(caller, ip, Cancellation.Kind.BATCH, id, reason, Optional.empty());
    }

    private Recorded send(
            Caller caller,
            String ip,
            Cancellation.Kind kind,
            String id,
            Optional<String> reason,
            Optional<Instant> deadline) {
        var scope = new Cancellation.Scope(kind, new CommandId(id));
        CommandId own = ids.next();
        var bind = new Bind(Topics.CONTROL, Partitioning.partition(id, dispatcher.partitions(Topics.CONTROL)), id);
        String payloadHash = dispatcher.cancel(chain -> {
            Instant now = drafter.requireLife(caller).truncatedTo(ChronoUnit.SECONDS);
            return new Cancellation(
                    properties.issuer(),
                    Command.audience(properties.environment()),
                    own,
                    now,
                    until(now, deadline),
                    caller.subject(),
                    caller.claims().clientId(),
                    scope,
                    reason,
                    Requester.of(
                            caller.claims(), Optional.of(ip), caller.tokenHash(), tokens.seal(caller, own, now, bind)),
                    chain,
                    bind);
        });
        return new Recorded(own.value(), payloadHash);
    }

    /** A line of a batch that is appended now lives that long, and a command no longer than its deadline. */
    private Instant until(Instant now, Optional<Instant> deadline) {
        return deadline.filter(now::isBefore)
                .orElseGet(() -> now.plus(properties.batch().lifetime()));
    }
}
