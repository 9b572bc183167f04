package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.json.StrictJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends requests that are to be refused, each action's by a requester of its own, and remembers those that were not.
 */
final class Refusals {

    private final ApiHarness harness;
    private final Map<String, String> masters = new HashMap<>();
    private final List<String> amiss = new ArrayList<>();
    private final Map<String, Integer> refused = new HashMap<>();

    Refusals(ApiHarness harness) {
        this.harness = harness;
    }

    /** Whoever has every permission but this one is told so. */
    void denied(Action action, ObjectNode arguments, String permission, String code) {
        var answer = submit(tokenOf(action, allBut(action, permission)), action, arguments);
        boolean told = answer.json().path("because").toString().contains(permission);
        expect(action, answer, 403, code, told, permission);
    }

    /** Whoever has every permission is told where the arguments are wrong. */
    void invalid(Action action, ObjectNode arguments, String pointer) {
        var answer = submit(master(action), action, arguments);
        expect(action, answer, 422, "arguments.invalid", points(answer, "/arguments" + pointer), pointer);
    }

    /** Arguments that are no object are no submission at all. */
    void malformed(Action action, JsonNode arguments) {
        var answer = submit(master(action), action, arguments);
        expect(action, answer, 400, "request.invalid", points(answer, "/arguments"), "");
    }

    /** Each request was refused as it should be, and each of these actions was asked for. */
    void assertAll(Stream<Action> actions) {
        System.out.printf(
                "Refused: %d requests for %d actions%n",
                refused.values().stream().mapToInt(Integer::intValue).sum(), refused.size());
        assertThat(amiss).isEmpty();
        assertThat(refused.keySet()).containsAll(actions.map(Action::name).toList());
    }

    /** Every permission that an action may ask for. */
    static List<String> permissions(Action action) {
        return Stream.of(
                        action.scopes().stream(),
                        action.scopeRules().stream().flatMap(rule -> rule.scopes().stream()),
                        action.marks().stream().map(mark -> mark.permission(action.name())))
                .flatMap(permissions -> permissions)
                .distinct()
                .toList();
    }

    /** All of them but one. */
    static List<String> allBut(Action action, String one) {
        return permissions(action).stream().filter(each -> !each.equals(one)).toList();
    }

    private void expect(Action action, Http.Answer answer, int status, String code, boolean more, String what) {
        refused.merge(action.name(), 1, Integer::sum);
        if (answer.status() != status || !answer.code().equals(code) || !more) {
            amiss.add("%s %s: %s".formatted(action.name(), what, answer.text()));
        }
    }

    private static boolean points(Http.Answer answer, String pointer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .anyMatch(error -> error.path("pointer").asString().equals(pointer));
    }

    private Http.Answer submit(String token, Action action, JsonNode arguments) {
        var body = StrictJson.object().put("tenant", "acme-prod").put("action", action.name());
        return harness.http().submit(token, body.set("arguments", arguments).toString());
    }

    private String master(Action action) {
        return masters.computeIfAbsent(action.name(), _ -> tokenOf(action, permissions(action)));
    }

    private String tokenOf(Action action, List<String> permissions) {
        return harness.issuer().token(TestTokens.of("auth0|" + action.name(), permissions));
    }
}
