package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.answers.Answers;
import dev.mandate.simulator.operation.ApiError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Whether a token's scopes suffice: it must have all of the least ones, or, where Auth0 says so, any of the declared
 * ones; and then what the body holds may need a certain one. Scopes of people's own tokens ({@code current_user}) never
 * come from an application.
 */
final class ScopeGate {

    /** Operations of whose several scopes Auth0 says that any will do; of others it says nothing, or all. */
    private static final Set<String> ANY_OF = Set.of(
            "clients.get",
            "clients.list",
            "clients.update",
            "logs.get",
            "logs.list",
            "users.delete",
            "users.get",
            "users.list",
            "users.logs.list",
            "users.update");

    private static final String OF_THE_CURRENT_USER = "current_user";

    /** Members of a body that need a scope of their own, by action. */
    private static final Map<String, Map<String, String>> MEMBERS = Map.of(
            "clients.update",
            Map.of(
                    "client_secret",
                    "update:client_keys",
                    "client_authentication_methods",
                    "update:client_credentials"));

    /** Members that are all that a narrower scope allows, by that scope. */
    private static final Map<String, Set<String>> NARROW = Map.of("update:users_app_metadata", Set.of("app_metadata"));

    private final Answers answers;
    private final Map<String, List<String>> alternatives = new ConcurrentHashMap<>();

    ScopeGate(Answers answers) {
        this.answers = answers;
    }

    /** Lets a bearer pass who may call the operation at all. */
    void admit(Action action, List<String> held) throws ApiError {
        if (action.scopes().size() > 1) {
            if (!held.containsAll(action.scopes())) {
                throw ApiError.insufficientScope(action.scopes());
            }
            return;
        }
        List<String> any = any(action);
        if (any.stream().noneMatch(held::contains)) {
            throw ApiError.insufficientScope(any);
        }
    }

    /** Lets a body pass that the bearer may send. */
    void admit(Action action, List<String> held, JsonNode body) throws ApiError {
        for (Map.Entry<String, String> member :
                MEMBERS.getOrDefault(action.name(), Map.of()).entrySet()) {
            if (body.has(member.getKey()) && !held.contains(member.getValue())) {
                throw ApiError.insufficientScope(List.of(member.getValue()));
            }
        }
        List<String> any = any(action);
        if (any.size() > 1 && any.stream().anyMatch(NARROW::containsKey) && !held.containsAll(action.scopes())) {
            Set<String> allowed = new HashSet<>();
            held.forEach(scope -> allowed.addAll(NARROW.getOrDefault(scope, Set.of())));
            if (!allowed.containsAll(body.propertyNames())) {
                throw ApiError.insufficientScope(action.scopes());
            }
        }
    }

    private List<String> any(Action action) {
        if (!ANY_OF.contains(action.name())) {
            return action.scopes();
        }
        return alternatives.computeIfAbsent(action.name(), name -> {
            List<String> declared = answers.scopes(name).stream()
                    .filter(scope -> !scope.contains(OF_THE_CURRENT_USER))
                    .toList();
            return declared.isEmpty() ? action.scopes() : declared;
        });
    }
}
