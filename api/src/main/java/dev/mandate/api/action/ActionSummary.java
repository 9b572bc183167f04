package dev.mandate.api.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.action.Lifecycle;
import java.util.List;
import java.util.Optional;

/**
 * An action in the list.
 *
 * @param name the action's name
 * @param kind what it does to what is there
 * @param needs the permissions that every use needs
 * @param lifecycle how finished Auth0 calls it
 * @param you what the caller's token says to it
 * @param links where to find the rest
 */
record ActionSummary(
        @JsonProperty("name") String name,
        @JsonProperty("kind") ActionKind kind,
        @JsonProperty("needs") List<String> needs,
        @JsonProperty("lifecycle") Optional<Lifecycle> lifecycle,
        @JsonProperty("you") Prospects.You you,
        @JsonProperty("links") Links links) {

    /** Links. */
    record Links(@JsonProperty("self") String self) {

        static Links of(String action) {
            return new Links("/v1/actions/" + action);
        }
    }

    static ActionSummary of(Offer offer, Prospects.You you) {
        return new ActionSummary(
                offer.action().name(),
                offer.kind(),
                offer.needs(),
                offer.action().lifecycle(),
                you,
                Links.of(offer.action().name()));
    }
}
