package dev.mandate.contracts.policy;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.signing.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The policy where no other is given: the requester's permissions must contain every scope of the action; and the
 * boundaries below any policy. Deciding is a pure function.
 */
public final class DefaultPolicy {

    private static final String RESOURCE = "default-policy.yaml";
    private static final String SCOPES_AS_PERMISSIONS = "scopes-as-permissions";

    private final String hash;

    /** The policy that comes with this version. */
    public DefaultPolicy() {
        try (InputStream text = DefaultPolicy.class.getResourceAsStream(RESOURCE)) {
            if (text == null) {
                throw new IllegalStateException("The jar lacks " + RESOURCE);
            }
            this.hash = Hashes.sha256(text.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of the policy's text, {@code sha-256:…}. */
    public String hash() {
        return hash;
    }

    /**
     * Decides.
     *
     * @param action the action
     * @param arguments its arguments, valid; secrets may be sealed, since only their presence matters
     * @param facts all that is known; what is unknown leads to {@link Effect#DEFER}, never to {@link Effect#ALLOW}
     */
    public Decision decide(Action action, ObjectNode arguments, Facts facts) {
        Map<String, Ruling> rulings = new LinkedHashMap<>();
        for (Boundary boundary : Boundary.values()) {
            rulings.put(boundary.id(), boundary.judge(action, arguments, facts));
        }
        rulings.put(SCOPES_AS_PERMISSIONS, scopesAsPermissions(action, arguments, facts));

        List<String> forbidding = new ArrayList<>();
        List<String> hinging = new ArrayList<>();
        List<String> passing = new ArrayList<>();
        Optional<Denial> denial = Optional.empty();
        for (Map.Entry<String, Ruling> entry : rulings.entrySet()) {
            switch (entry.getValue()) {
                case Ruling.Silent() -> {}
                case Ruling.Passes() -> passing.add(entry.getKey());
                case Ruling.Hinges() -> hinging.add(entry.getKey());
                case Ruling.Forbids(Denial reason) -> {
                    forbidding.add(entry.getKey());
                    denial = denial.or(() -> Optional.of(reason));
                }
            }
        }
        if (denial.isPresent()) {
            return new Decision(Effect.DENY, hash, forbidding, denial);
        }
        return hinging.isEmpty()
                ? new Decision(Effect.ALLOW, hash, passing, Optional.empty())
                : new Decision(Effect.DEFER, hash, hinging, Optional.empty());
    }

    private static Ruling scopesAsPermissions(Action action, ObjectNode arguments, Facts facts) {
        return Boundary.missing(action.scopes(arguments, facts.requester().permissions()), facts)
                .map(permission ->
                        Ruling.forbids("policy.permission_missing", "This needs the permission " + permission))
                .orElse(Ruling.PASSES);
    }
}
