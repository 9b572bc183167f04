package dev.mandate.contracts.policy;

import java.util.List;
import java.util.Optional;

/**
 * What the policy says of a command.
 *
 * @param effect allow, deny or defer
 * @param policy the policy's hash, {@code sha-256:…}
 * @param rules the ids of the rules and boundaries behind it: those that deny or defer, or else all that apply
 * @param denial the first reason, present exactly for {@link Effect#DENY}
 */
public record Decision(Effect effect, String policy, List<String> rules, Optional<Denial> denial) {

    /** @throws IllegalArgumentException when a denial lacks its reason, or anything else has one */
    public Decision {
        if ((effect == Effect.DENY) != denial.isPresent()) {
            throw new IllegalArgumentException("A denial, and nothing else, has a reason");
        }
        rules = List.copyOf(rules);
    }

    /** Whether the policy denies. */
    public boolean denied() {
        return effect == Effect.DENY;
    }
}
