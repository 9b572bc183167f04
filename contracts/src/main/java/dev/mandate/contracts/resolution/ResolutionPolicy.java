package dev.mandate.contracts.resolution;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Denial;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.TargetFacts;
import dev.mandate.contracts.policy.TenantFacts;
import java.util.List;
import java.util.Optional;

/**
 * Who may settle what became of a command: a person with a permission for it who may do the same action on the same
 * target, and neither asked for it nor is its target. A login through an organization settles what was asked for
 * through the same organization; whether the target belongs to it, the worker found out when the command was begun.
 * Deciding is a pure function, which the intake and the auditor share.
 */
public final class ResolutionPolicy {

    private static final String RULE = "built-in:resolution";

    private final DefaultPolicy policy;

    /** Rules on top of this policy. */
    public ResolutionPolicy(DefaultPolicy policy) {
        this.policy = policy;
    }

    /**
     * Decides.
     *
     * @param action what was asked for
     * @param command by whom, and with which arguments
     * @param resolver what is known of who settles it
     * @param tenant where
     */
    public Decision decide(Action action, Command command, RequesterFacts resolver, TenantFacts tenant) {
        Optional<Denial> denial = denial(action, command, resolver);
        if (denial.isPresent()) {
            return new Decision(Effect.DENY, policy.hash(), List.of(RULE), denial);
        }
        return policy.decide(
                action,
                command.context().arguments(),
                new Facts(
                        resolver,
                        tenant,
                        action.targets(command.context().arguments()).stream()
                                .map(TargetFacts::unknown)
                                .toList()));
    }

    private static Optional<Denial> denial(Action action, Command command, RequesterFacts resolver) {
        if (resolver.application()) {
            return denial("resolution.person_required", "What became of a command is settled by people only");
        }
        if (!resolver.permissions().contains(Resolution.PERMISSION)) {
            return denial("policy.permission_missing", "This needs the permission " + Resolution.PERMISSION);
        }
        if (resolver.organization().isPresent()
                && !resolver.organization().equals(command.requester().organization())) {
            return denial(
                    "policy.other_organization",
                    "A login through an organization reaches only what belongs to that organization");
        }
        return isInvolved(action, command, resolver)
                ? denial("resolution.involved", "Whoever asked for a command, or is its target, does not settle it")
                : Optional.empty();
    }

    private static boolean isInvolved(Action action, Command command, RequesterFacts resolver) {
        boolean asked = command.subject().equals(resolver.subject())
                && command.requester().issuer().equals(resolver.issuer());
        // Whose address it is that names somebody instead of an id, only the worker can find out.
        return asked
                || action.targets(command.context().arguments()).stream()
                        .map(TargetFacts::unknown)
                        .anyMatch(target -> target.isRequester(resolver).orElse(false));
    }

    private static Optional<Denial> denial(String code, String because) {
        return Optional.of(new Denial(code, because));
    }
}
