package dev.mandate.worker.execution;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.sealing.Sealer;
import dev.mandate.contracts.sealing.SealingContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Auth0 said, whole, sealed to the intake for the requester's eyes only. An answer is never looked at for what may
 * be told in the clear: a new operation's secrets are safe before anybody has heard of them.
 */
final class SealedAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(SealedAnswer.class);

    private final Sealer sealer;

    SealedAnswer(Sealer sealer) {
        this.sealer = sealer;
    }

    /** The answer to a command; nothing, where it is empty, isn't JSON that can be passed on or did not come whole. */
    Optional<String> of(Command command, Answer answer) {
        if (!(answer instanceof Answer.Received received) || !received.complete() || received.body().length == 0) {
            return Optional.empty();
        }
        try {
            StrictJson.parseForeign(received.body());
        } catch (MalformedJsonException e) {
            LOG.atWarn()
                    .addKeyValue("commandId", command.id())
                    .log("Answer isn't JSON that can be passed on, it is left out");
            return Optional.empty();
        }
        try {
            return Optional.of(sealer.seal(context(command), received.body()));
        } catch (IllegalStateException e) {
            // It is done, whether or not anybody can be told what Auth0 said.
            LOG.atError().addKeyValue("commandId", command.id()).log("Answer can't be sealed, it is left out");
            return Optional.empty();
        }
    }

    /** What the answer to a command is sealed for. */
    static SealingContext context(Command command) {
        return SealingContext.result(
                command.id().value(),
                command.requester().issuer(),
                command.requester().organization(),
                command.subject());
    }
}
