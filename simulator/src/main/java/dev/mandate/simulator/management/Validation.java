package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.Parameter;
import dev.mandate.contracts.action.Problem;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Parameters;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Call;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks path, query and body against the schemas of the catalogue; the first problem decides the answer. */
final class Validation {

    private static final String SEARCH = "search";

    private final Catalogue catalogue;

    Validation(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    void check(Call call) throws ApiError {
        Action action = call.action();
        ObjectNode arguments = Json.object();
        call.path().forEach(arguments::put);
        if (!call.query().names().isEmpty()) {
            arguments.set(Action.QUERY, query(action, call.query()));
        }
        if (action.body().isPresent() && !call.content().isMissingNode()) {
            arguments.set(Action.BODY, call.content());
        }
        for (Problem problem : catalogue.validate(action, arguments)) {
            throw refusal(problem);
        }
    }

    /** Texts become numbers and booleans where the schema wants some; a parameter that it does not know stays text. */
    private ObjectNode query(Action action, Parameters given) {
        ObjectNode query = Json.object();
        for (String parameter : given.names()) {
            String name = described(action, parameter);
            String type = action.queryParameters().stream()
                    .filter(one -> one.name().equals(name))
                    .map(one -> type(action, one.schema()))
                    .findFirst()
                    .orElse("");
            if (type.equals("array")) {
                ArrayNode values = query.putArray(name);
                given.all(parameter).forEach(values::add);
            } else {
                query.set(name, typed(type, given.find(parameter).orElse("")));
            }
        }
        return query;
    }

    /** Auth0's guide to its log, and its newer SDKs, say {@code q} where the catalogue's description says otherwise. */
    private static String described(Action action, String parameter) {
        List<String> names =
                action.queryParameters().stream().map(Parameter::name).toList();
        return parameter.equals("q") && !names.contains("q") && names.contains(SEARCH) ? SEARCH : parameter;
    }

    private String type(Action action, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        JsonNode meant = reference.isEmpty() ? schema : catalogue.schema(action).at(reference.substring(1));
        return meant.path("type").asString("");
    }

    private static JsonNode typed(String type, String text) {
        boolean number = type.equals("integer") && text.matches("-?\\d{1,9}");
        boolean flag = type.equals("boolean") && (text.equals("true") || text.equals("false"));
        return number || flag
                ? Json.MAPPER.readTree(text)
                : Json.MAPPER.getNodeFactory().stringNode(text);
    }

    private static ApiError refusal(Problem problem) {
        String pointer = problem.pointer();
        String why = problem.message();
        if (pointer.startsWith("/" + Action.BODY)) {
            return ApiError.invalidBody(why + on(pointer.substring(Action.BODY.length() + 1)));
        }
        if (pointer.startsWith("/" + Action.QUERY)) {
            return ApiError.invalidQuery(why + on(pointer.substring(Action.QUERY.length() + 1)));
        }
        return ApiError.badRequest("Path validation error: '" + why + on(pointer) + "'.", "invalid_uri");
    }

    private static String on(String pointer) {
        return pointer.isEmpty() ? "" : " on property " + pointer.substring(1).replace('/', '.');
    }
}
