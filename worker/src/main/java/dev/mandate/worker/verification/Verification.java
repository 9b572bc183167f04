package dev.mandate.worker.verification;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.AccessTokenClaims;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCancellation;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.command.SecretArguments;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.sealing.UnsealException;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.worker.auth0.Tenant;
import dev.mandate.worker.auth0.Tenants;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is checked of a record that is signed, bound and mirrored as it should be, and before it is decided: the
 * requester's token, then the action and its arguments. It may have to ask an issuer for its keys, so it runs beside
 * the loop.
 */
public final class Verification {

    private final AccessTokens tokens;
    private final Catalogue catalogue;
    private final Tenants tenants;
    private final Opener opener;
    private final Duration longestLifetime;

    Verification(AccessTokens tokens, Catalogue catalogue, Tenants tenants, Opener opener, Duration longestLifetime) {
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.tenants = tenants;
        this.opener = opener;
        this.longestLifetime = longestLifetime;
    }

    /** What came of it. */
    public sealed interface Result {

        /** Nothing is wrong. */
        record Right(Request request) implements Result {}

        /** The command is genuine, and can't be done whoever asks. */
        record Wrong(Problem problem) implements Result {}

        /** It is not known to be a genuine command: it belongs in the quarantine. */
        record Untrusted(RejectedException reason) implements Result {}

        /** It can't be told now. */
        record Undecided(Problem problem) implements Result {}
    }

    /** Checks a command; never throws because of what is in it. */
    public Result check(ReceivedCommand received) {
        AccessTokenClaims token;
        try {
            token = tokens.verify(received);
        } catch (RejectedException e) {
            return new Result.Untrusted(e);
        } catch (KeysUnavailableException e) {
            return new Result.Undecided(new Problem("token.keys_unavailable", String.valueOf(e.getMessage())));
        }
        Command command = received.command();
        if (command.deadline().isAfter(command.issuedAt().plus(longestLifetime))) {
            return wrong("command.lifetime", "The deadline is further away than this worker remembers commands");
        }
        Optional<Tenant> tenant = tenants.find(command.context().tenant());
        if (tenant.isEmpty()) {
            return wrong("tenant.unknown", "There is no such tenant");
        }
        Optional<Action> action = catalogue.find(command.context().action());
        if (action.isEmpty()) {
            return wrong("action.unknown", "There is no such action");
        }
        return arguments(received, token, tenant.get(), action.get());
    }

    /**
     * Checks who called something off: nobody but the bearer of a token that was valid then.
     *
     * @throws RejectedException with a code {@code token.…}
     * @throws KeysUnavailableException when it can't be told now
     */
    public void check(ReceivedCancellation received) throws RejectedException, KeysUnavailableException {
        tokens.verify(received);
    }

    private Result arguments(ReceivedCommand received, AccessTokenClaims token, Tenant tenant, Action action) {
        Command command = received.command();
        ObjectNode arguments = command.context().arguments();
        Map<JsonPointer, byte[]> secrets;
        try {
            secrets = SecretArguments.open(action, command.id(), arguments, opener);
            if (!catalogue
                    .validate(action, SecretArguments.inTheClear(arguments, secrets))
                    .isEmpty()) {
                return wrong("arguments.invalid", "The arguments are not what the action's schema asks for");
            }
        } catch (UnsealException | MalformedJsonException e) {
            return wrong("arguments.secret", "A secret argument is not sealed for this command");
        }
        if (!action.target(arguments).equals(command.context().target())) {
            return wrong("arguments.target", "The target is not the one that the arguments name");
        }
        return new Result.Right(
                new Request(received, token, tenant, action, secrets, catalogue.operations(action, arguments), 0));
    }

    private static Result wrong(String code, String message) {
        return new Result.Wrong(new Problem(code, message));
    }
}
