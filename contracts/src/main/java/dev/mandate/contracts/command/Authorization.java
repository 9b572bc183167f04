package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A decision as it is recorded: the claim {@code authz} of a command (the API's), and of an outcome and what was
 * started (the worker's).
 *
 * @param decision what was decided
 * @param policy the hash of the policy's text
 * @param catalogue the hash of the table of actions that it was made with, which says what an action needs and affects;
 *     absent in what was recorded before it was
 * @param rules the rules behind it
 * @param at when
 * @param approvalsRequired how many other people must consent
 * @param facts what it rests on; absent in a command, where the requester's context says it
 */
public record Authorization(
        @JsonProperty(value = "decision", required = true) Effect decision,
        @JsonProperty(value = "policy", required = true) String policy,
        @JsonProperty("catalogue") Optional<String> catalogue,
        @JsonProperty(value = "rules", required = true) List<String> rules,
        @JsonProperty(value = "at", required = true) Instant at,

        @JsonProperty(value = "approvals_required", required = true)
        int approvalsRequired,

        @JsonProperty("facts") Optional<Facts> facts) {

    /** Copies the list. */
    public Authorization {
        rules = List.copyOf(rules);
    }

    /**
     * The record of a decision that needs no approvals.
     *
     * @param catalogue where the action that was decided about comes from
     */
    public static Authorization of(Decision decision, Catalogue catalogue, Instant at, Optional<Facts> facts) {
        return new Authorization(
                decision.effect(), decision.policy(), Optional.of(catalogue.hash()), decision.rules(), at, 0, facts);
    }
}
