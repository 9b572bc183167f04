package dev.mandate.api.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import java.util.Optional;

/**
 * Whose command a journal statement speaks of, which the statement itself does not say. Recent commands are remembered;
 * any other is fetched from the log, at the place that the signed statement names, and verified.
 */
public final class CommandOwners {

    private static final int REMEMBERED = 50_000;

    private final Cache<String, Owner> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final CommandFetcher fetcher;

    CommandOwners(CommandFetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * Who asked for a command.
     *
     * @param organization the organization that the requester had logged in through
     */
    public record Owner(String issuer, String subject, Optional<String> organization) {

        /** The requester of a command. */
        public static Owner of(Command command) {
            return new Owner(
                    command.requester().issuer(),
                    command.subject(),
                    command.requester().organization());
        }
    }

    /** A verified command was seen. */
    public void seen(ReceivedCommand received) {
        remembered.put(key(received.reference()), Owner.of(received.command()));
    }

    /**
     * The requester of this very record; empty when the log no longer has it.
     *
     * @throws LogUnavailableException when the log can't be asked
     */
    public Optional<Owner> find(CommandReference reference) {
        Owner known = remembered.getIfPresent(key(reference));
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ReceivedCommand> fetched = fetcher.fetch(reference);
        fetched.ifPresent(this::seen);
        return fetched.map(ReceivedCommand::command).map(Owner::of);
    }

    private static String key(CommandReference reference) {
        return reference.id().value() + ' ' + reference.payloadHash();
    }
}
