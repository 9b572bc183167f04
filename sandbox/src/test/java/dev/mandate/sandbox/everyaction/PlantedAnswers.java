package dev.mandate.sandbox.everyaction;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.PointerPattern;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.http.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Auth0's answers with a word at each place that the catalogue calls a secret result, whether it was there or not. */
final class PlantedAnswers {

    private static final String EACH = "*";

    private final Words words;
    private final List<Route> routes;

    private record Route(Action action, Pattern path) {

        boolean fits(Request request) {
            return action.method().equals(request.method())
                    && path.matcher(request.path()).matches();
        }
    }

    PlantedAnswers(List<Action> actions, Words words) {
        this.words = words;
        // A path without parameters goes before one that a parameter would make of it.
        this.routes = actions.stream()
                .sorted(Comparator.comparing(action -> action.pathParameters().size()))
                .map(action -> new Route(
                        action, Pattern.compile("/api/v2" + action.path().replaceAll("\\{[^}]*}", "[^/]+"))))
                .toList();
    }

    /** The word for a secret result. */
    String word(Action action, PointerPattern secret) {
        return words.at(action.name() + " result " + secret);
    }

    /** The answer with the words in it; as it was, where it is no success, or tells no secret. */
    Response plant(Request request, Response answer) {
        Optional<Route> route =
                routes.stream().filter(each -> each.fits(request)).findFirst();
        if (route.isEmpty() || route.get().action().secretResults().isEmpty() || answer.status() >= 300) {
            return answer;
        }
        Action action = route.get().action();
        JsonNode content = StrictJson.parse(answer.body());
        for (PointerPattern secret : action.secretResults()) {
            JsonNode begun = content.isObject() && isMeantAsList(action, secret)
                    ? StrictJson.object().arrayNode()
                    : content;
            content = planted(begun, secret.steps(), word(action, secret));
        }
        return new Response(answer.status(), answer.headers(), StrictJson.write(content));
    }

    /** Whether the answer can only be a bare list, whatever it is. */
    private static boolean isMeantAsList(Action action, PointerPattern secret) {
        return secret.steps().size() > 1
                && secret.steps().getFirst().equals(EACH)
                && action.secretResults().size() == 1;
    }

    /** Where a list is an object of pages, or the reverse, a pattern for the other form leads nowhere. */
    private static JsonNode planted(JsonNode here, List<String> steps, String word) {
        if (steps.isEmpty()) {
            return leaf(here, word);
        }
        List<String> rest = steps.subList(1, steps.size());
        boolean each = steps.getFirst().equals(EACH);
        switch (here) {
            case ArrayNode array
            when each -> {
                if (array.isEmpty()) {
                    array.add(empty(rest));
                }
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, planted(array.get(i), rest, word));
                }
            }
            case ObjectNode object when each && rest.isEmpty() -> object.put(word, word);
            case ObjectNode object
            when !each -> {
                JsonNode child = object.path(steps.getFirst());
                boolean missing = !rest.isEmpty() && !child.isContainer();
                object.set(steps.getFirst(), planted(missing ? empty(rest) : child, rest, word));
            }
            default -> {}
        }
        return here;
    }

    private static JsonNode leaf(JsonNode here, String word) {
        return switch (here) {
            case ObjectNode object -> object.put(word, word);
            case ArrayNode array -> array.add(word);
            default -> StringNode.valueOf(word);
        };
    }

    private static JsonNode empty(List<String> steps) {
        return !steps.isEmpty() && steps.getFirst().equals(EACH)
                ? StrictJson.object().arrayNode()
                : StrictJson.object();
    }
}
