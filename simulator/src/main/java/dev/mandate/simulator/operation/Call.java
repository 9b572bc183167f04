package dev.mandate.simulator.operation;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Parameters;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An admitted and validated call of one operation.
 *
 * @param path path parameters by name, decoded
 * @param query query parameters, decoded
 * @param content the body; a missing node when there was none
 * @param scopes the scopes of the bearer's token
 */
public record Call(Action action, Map<String, String> path, Parameters query, JsonNode content, List<String> scopes) {

    /**
     * A path parameter.
     *
     * @throws IllegalStateException when the operation has none of this name
     */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException(action.name() + " has no path parameter " + name);
        }
        return value;
    }

    /** The body, if it is an object, else an empty one. */
    public ObjectNode body() {
        return content instanceof ObjectNode object ? object : Json.object();
    }

    /** The status of success; where several are declared, the first. */
    public int success() {
        return action.success().getFirst();
    }

    /** The texts of an array in the body. */
    public List<String> texts(String member) {
        return content.path(member).valueStream().map(JsonNode::asString).toList();
    }

    /** Whether a query parameter is {@code true}. */
    public boolean flag(String name) {
        return query.find(name).filter("true"::equals).isPresent();
    }
}
