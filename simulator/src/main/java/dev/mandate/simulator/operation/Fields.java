package dev.mandate.simulator.operation;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** The {@code fields} and {@code include_fields} parameters. */
public final class Fields {

    private Fields() {}

    /** Keeps of a document what the call asks for. */
    public static UnaryOperator<ObjectNode> of(Call call) {
        List<String> names = call.query()
                .findNonEmpty("fields")
                .map(value -> Arrays.stream(value.split(",")).map(String::strip).toList())
                .orElse(List.of());
        if (names.isEmpty()) {
            return UnaryOperator.identity();
        }
        boolean include =
                call.query().find("include_fields").filter("false"::equals).isEmpty();
        return document -> include
                ? document.deepCopy().retain(names)
                : document.deepCopy().remove(names);
    }
}
