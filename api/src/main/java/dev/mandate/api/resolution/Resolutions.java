package dev.mandate.api.resolution;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.dispatch.Dispatcher;
import dev.mandate.api.intake.SealedTokens;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.resolution.OutcomeReference;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.signing.Verifier;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** Drafts resolutions and brings them into the log. */
final class Resolutions {

    private static final byte[] SAMPLE = "{}".getBytes(StandardCharsets.UTF_8);

    private final Catalogue catalogue;
    private final MandateProperties properties;
    private final CommandIds ids;
    private final SealedTokens tokens;
    private final Dispatcher dispatcher;
    private final Signer signer;
    private final Verifier verifier;
    private final Clock clock;

    Resolutions(
            Catalogue catalogue,
            MandateProperties properties,
            CommandIds ids,
            SealedTokens tokens,
            Dispatcher dispatcher,
            Signer signer,
            Verifier verifier,
            Clock clock) {
        this.catalogue = catalogue;
        this.properties = properties;
        this.ids = ids;
        this.tokens = tokens;
        this.dispatcher = dispatcher;
        this.signer = signer;
        this.verifier = verifier;
        this.clock = clock;
    }

    /**
     * Signs and sends one.
     *
     * @param decision which allows it
     * @return where it was appended
     * @throws ProblemException 503 {@code broker.unavailable} or {@code keys.unavailable}
     */
    LogRecord.Position send(
            Caller caller,
            String ip,
            ResolutionRequest request,
            ReceivedCommand command,
            ReceivedStatement outcome,
            Decision decision) {
        requireKey();
        String key = command.command().id().value();
        var bind = new Bind(Topics.CONTROL, Partitioning.partition(key, dispatcher.partitions(Topics.CONTROL)), key);
        Function<Chain, Resolution> draft = chain -> {
            Instant now = clock.instant();
            // The token stands in the record as evidence, so it must be good when that is appended.
            caller.requireLife(now.plus(dispatcher.longestSend()));
            Instant at = now.truncatedTo(ChronoUnit.SECONDS);
            CommandId own = ids.next();
            return new Resolution(
                    properties.issuer(),
                    Resolution.audience(properties.environment()),
                    own,
                    at,
                    caller.subject(),
                    caller.claims().clientId(),
                    command.reference(),
                    OutcomeReference.to(outcome.position(), outcome.payloadHash()),
                    request.verdict(),
                    request.reason(),
                    Requester.of(
                            caller.claims(), Optional.of(ip), caller.tokenHash(), tokens.seal(caller, own, at, bind)),
                    Authorization.of(decision, catalogue, at, Optional.empty()),
                    chain,
                    bind);
        };
        return dispatcher.dispatchResolution(draft);
    }

    /** A key from before there were resolutions may not sign them, and nobody would believe what it signed. */
    private void requireKey() {
        try {
            byte[] signed = signer.sign(StatementType.RESOLUTION, SAMPLE).getBytes(StandardCharsets.US_ASCII);
            verifier.verify(signed, Set.of(StatementType.RESOLUTION), clock.instant());
        } catch (RejectedException e) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "keys.unavailable",
                    "Service Unavailable",
                    "The intake's key may not sign resolutions; nothing was done");
        }
    }
}
