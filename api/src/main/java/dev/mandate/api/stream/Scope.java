package dev.mandate.api.stream;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.security.Caller;
import java.util.List;

/** Which events a stream is about. */
sealed interface Scope {

    /** Everything about one person's own commands, in the organization that the person is logged in through. */
    record Own(Owner owner) implements Scope {

        static Own of(Caller caller) {
            return new Own(new Owner(caller.issuer(), caller.subject(), caller.organization()));
        }
    }

    /** Everything about one command, which the reader may see. */
    record Single(String commandId) implements Scope {}

    /** What a position in such a stream is bound to, beside the reader. */
    default List<String> key() {
        return switch (this) {
            case Own own -> List.of("own");
            case Single(String commandId) -> List.of("command", commandId);
        };
    }
}
