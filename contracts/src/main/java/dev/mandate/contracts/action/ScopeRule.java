package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an action's scopes depend on its arguments. A rule either narrows ({@code onlyMembers}) or adds
 * ({@code anyMember}).
 *
 * @param onlyMembers JSON pointers to members of one object; if it holds some of them and no others, {@code scopes} are
 *     enough, instead of the action's
 * @param anyMember JSON pointers to members; if one is present, {@code scopes} are needed besides the action's
 * @param scopes the scopes
 */
public record ScopeRule(
        @JsonProperty(value = "onlyMembers", required = true)
        List<JsonPointer> onlyMembers,

        @JsonProperty(value = "anyMember", required = true) List<JsonPointer> anyMember,
        @JsonProperty(value = "scopes", required = true) List<String> scopes) {

    /** Copies the lists. */
    public ScopeRule {
        onlyMembers = List.copyOf(onlyMembers);
        anyMember = List.copyOf(anyMember);
        scopes = List.copyOf(scopes);
    }

    boolean narrows(ObjectNode arguments) {
        if (onlyMembers.isEmpty() || !(arguments.at(onlyMembers.getFirst().head()) instanceof ObjectNode object)) {
            return false;
        }
        Set<String> others = new HashSet<>(object.propertyNames());
        boolean some = others.removeIf(
                name -> onlyMembers.stream().anyMatch(pointer -> pointer.last().matchesProperty(name)));
        return some && others.isEmpty();
    }

    boolean adds(ObjectNode arguments) {
        return anyMember.stream().anyMatch(pointer -> !arguments.at(pointer).isMissingNode());
    }
}
