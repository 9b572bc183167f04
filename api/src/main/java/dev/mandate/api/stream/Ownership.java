package dev.mandate.api.stream;

import dev.mandate.api.log.CommandOwners;
import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.log.LogEvent;
import java.util.Optional;

/** Whose commands events are about. */
final class Ownership {

    private Ownership() {}

    /** @throws dev.mandate.api.log.LogUnavailableException when the log would have to be asked and can't be */
    static Optional<Owner> of(LogEvent event, CommandOwners owners) {
        return switch (event) {
            case LogEvent.Commanded(var received) -> {
                owners.seen(received);
                yield Optional.of(Owner.of(received.command()));
            }
            case LogEvent.Journaled journaled -> owners.find(journaled.command());
            case LogEvent.Resolved resolved -> owners.find(resolved.command());
        };
    }
}
