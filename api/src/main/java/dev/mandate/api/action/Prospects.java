package dev.mandate.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.ScopeRule;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Denial;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.TargetFacts;
import dev.mandate.contracts.policy.TenantFacts;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller may expect of an action before anything is known of a target: the policy itself is asked, with the
 * token's facts and example arguments. So it says no only where every use would be denied; where it says yes, a use may
 * still be denied for its target or for an argument that is marked.
 */
final class Prospects {

    private static final String ORGANIZATION = "organization";

    private final DefaultPolicy policy;
    private final MandateProperties properties;
    private final Examples examples;

    Prospects(DefaultPolicy policy, MandateProperties properties, Examples examples) {
        this.policy = policy;
        this.properties = properties;
        this.examples = examples;
    }

    /**
     * The caller's side.
     *
     * @param permitted whether the token permits some use of the action
     * @param missing the permissions that it lacks of those that every use needs
     * @param code why not, if not: the code that a command would be refused with
     * @param because the same in words
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record You(
            @JsonProperty("permitted") boolean permitted,
            @JsonProperty("missing") List<String> missing,
            @JsonProperty("code") Optional<String> code,
            @JsonProperty("because") Optional<String> because) {}

    /** Somebody who looks: what holds for every action. */
    record Viewer(RequesterFacts requester, Set<String> permissions, TenantFacts tenant) {}

    Viewer viewer(Caller caller) {
        String alias = tenant(caller)
                .or(() -> properties.tenants().keySet().stream()
                        .filter(known -> properties.mayCommand(caller.issuer(), known))
                        .findFirst())
                .orElse("");
        return new Viewer(caller.facts(), caller.permissions(), properties.tenantFacts(alias));
    }

    You of(Viewer viewer, Offer offer) {
        List<Decision> decisions = uses(offer.action())
                .map(arguments -> policy.decide(offer.action(), arguments, facts(viewer, offer.action(), arguments)))
                .toList();
        boolean permitted = decisions.stream().anyMatch(decision -> !decision.denied());
        if (permitted) {
            return new You(true, List.of(), Optional.empty(), Optional.empty());
        }
        List<String> missing = offer.needs().stream()
                .filter(permission -> !viewer.permissions.contains(permission))
                .toList();
        Optional<Denial> denial = decisions.getFirst().denial();
        return new You(false, missing, denial.map(Denial::code), denial.map(Denial::because));
    }

    /** The tenant that the caller may command, as far as the configuration says; the first, if there are several. */
    Optional<String> tenant(Caller caller) {
        return properties.tenants().entrySet().stream()
                .filter(tenant -> tenant.getValue().issuers().contains(caller.issuer()))
                .filter(tenant ->
                        !caller.claims().application() || tenant.getValue().applications())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /** The smallest use; and for each rule that asks for less, one that it speaks of. */
    private Stream<ObjectNode> uses(Action action) {
        ObjectNode smallest = examples.smallest(action);
        Stream<ObjectNode> narrower = action.scopeRules().stream()
                .map(ScopeRule::onlyMembers)
                .filter(members -> !members.isEmpty())
                .map(List::getFirst)
                .filter(member -> smallest.at(member.head()) instanceof ObjectNode)
                .map(member -> with(smallest, member));
        return Stream.concat(Stream.of(smallest), narrower);
    }

    /** Only the member's presence matters to the policy. */
    private static ObjectNode with(ObjectNode arguments, JsonPointer member) {
        ObjectNode changed = arguments.deepCopy();
        if (changed.at(member.head()) instanceof ObjectNode parent) {
            parent.putNull(member.last().getMatchingProperty());
        }
        return changed;
    }

    private static Facts facts(Viewer viewer, Action action, ObjectNode arguments) {
        List<TargetFacts> targets = action.targets(arguments).stream()
                .map(target -> target.type().equals(ORGANIZATION)
                        ? new Target(
                                ORGANIZATION, viewer.requester.organization().orElse(target.id()))
                        : target)
                .map(TargetFacts::unknown)
                .toList();
        return new Facts(viewer.requester, viewer.tenant, targets);
    }
}
