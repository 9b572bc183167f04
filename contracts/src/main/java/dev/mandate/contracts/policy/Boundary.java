package dev.mandate.contracts.policy;

import dev.mandate.contracts.action.Action;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The boundaries below any policy: what no policy text can open, because nobody may forget to close it. */
enum Boundary {
    /** Each tenant lists the issuers whose people may command it. */
    ISSUER("built-in:issuer") {
        @Override
        Ruling judge(Action action, ObjectNode arguments, Facts facts) {
            return facts.tenant().issuers().contains(facts.requester().issuer())
                    ? Ruling.PASSES
                    : Ruling.forbids("policy.issuer", "This tenant takes no commands from people of this issuer");
        }
    },
    /** Applications are refused unless the tenant takes them. */
    APPLICATION("built-in:application") {
        @Override
        Ruling judge(Action action, ObjectNode arguments, Facts facts) {
            if (!facts.requester().application()) {
                return Ruling.SILENT;
            }
            return facts.tenant().applications()
                    ? Ruling.PASSES
                    : Ruling.forbids("policy.application", "This tenant takes commands from people only");
        }
    },
    /** The requester must still be there, and not blocked. */
    STANDING("built-in:standing") {
        @Override
        Ruling judge(Action action, ObjectNode arguments, Facts facts) {
            return switch (facts.requester().standing()) {
                case UNVERIFIED -> Ruling.SILENT;
                case ACTIVE -> Ruling.PASSES;
                case BLOCKED -> Ruling.forbids("policy.requester_blocked", "Your account is blocked");
                case GONE -> Ruling.forbids("policy.requester_gone", "Your account no longer exists");
            };
        }
    },
    /** A login through an organization reaches only targets that are proven to belong to it. */
    ORGANIZATION("built-in:organization") {
        @Override
        Ruling judge(Action action, ObjectNode arguments, Facts facts) {
            Optional<String> organization = facts.requester().organization();
            if (organization.isEmpty()) {
                return Ruling.SILENT;
            }
            List<Belonging> belongings = facts.targets().stream()
                    .map(target -> Belonging.of(target, organization.get()))
                    .toList();
            if (belongings.isEmpty() || belongings.contains(Belonging.NO)) {
                return Ruling.forbids(
                        "policy.other_organization",
                        "A login through an organization reaches only what belongs to that organization");
            }
            return belongings.contains(Belonging.UNKNOWN) ? Ruling.HINGES : Ruling.PASSES;
        }
    },
    /** What gives power, accounts or data in bulk needs a permission of its own, which no scope of Auth0's gives. */
    MARKS("built-in:marks") {
        @Override
        Ruling judge(Action action, ObjectNode arguments, Facts facts) {
            List<String> needed = action.marks(arguments)
                    .map(mark -> mark.permission(action.name()))
                    .distinct()
                    .toList();
            if (needed.isEmpty()) {
                return Ruling.SILENT;
            }
            return missing(needed, facts)
                    .map(permission -> Ruling.forbids(
                            "policy.marked_permission_missing",
                            "This needs the permission " + permission + ", besides those of the scopes"))
                    .orElse(Ruling.PASSES);
        }
    },
    /** Nobody changes their own roles, permissions, grants, memberships, blocks, factors or credentials. */
    OWN_GRANTS("built-in:own-grants") {
        @Override
        Ruling judge(Action action, ObjectNode arguments, Facts facts) {
            if (!action.forbiddenToOneself(arguments)) {
                return Ruling.SILENT;
            }
            List<Optional<Boolean>> oneself = facts.targets().stream()
                    .map(target -> target.isRequester(facts.requester()))
                    .toList();
            if (oneself.contains(Optional.of(true))) {
                return Ruling.forbids(
                        "policy.own_grants",
                        "Nobody changes their own roles, permissions, grants, memberships, blocks, factors or credentials");
            }
            return oneself.contains(Optional.<Boolean>empty()) ? Ruling.HINGES : Ruling.PASSES;
        }
    };

    private final String id;

    Boundary(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    abstract Ruling judge(Action action, ObjectNode arguments, Facts facts);

    static Optional<String> missing(List<String> needed, Facts facts) {
        return needed.stream()
                .filter(permission -> !facts.requester().permissions().contains(permission))
                .findFirst();
    }

    private enum Belonging {
        YES,
        NO,
        UNKNOWN;

        static Belonging of(TargetFacts target, String organization) {
            return switch (target.type()) {
                case "organization" -> target.id().equals(organization) ? YES : NO;
                case "user" ->
                    target.organizations()
                            .map(ids -> ids.contains(organization) ? YES : NO)
                            .orElse(UNKNOWN);
                default -> NO;
            };
        }
    }
}
