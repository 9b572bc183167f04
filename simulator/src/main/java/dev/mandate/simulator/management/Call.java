package dev.mandate.simulator.management;

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
 * @param body the JSON body; an empty object when there was none
 */
record Call(Route route, Map<String, String> path, Parameters query, ObjectNode body) {

    String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException(route.action().name() + " has no path parameter " + name);
        }
        return value;
    }

    /** The status of success; where several are declared, the first. */
    int success() {
        return route.action().success().getFirst();
    }

    /** The texts of an array in the body. */
    List<String> texts(String member) {
        return body.path(member).valueStream().map(JsonNode::asString).toList();
    }

    boolean flag(String name) {
        return query.find(name).filter("true"::equals).isPresent();
    }
}
