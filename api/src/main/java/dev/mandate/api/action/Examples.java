package dev.mandate.api.action;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.ExampleArguments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Example arguments, made when they are first asked for. There are never more than there are actions. */
final class Examples {

    private final Catalogue catalogue;
    private final Map<String, ObjectNode> smallest = new ConcurrentHashMap<>();

    Examples(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Only what is required. Must not be changed. */
    ObjectNode smallest(Action action) {
        return smallest.computeIfAbsent(action.name(), name -> ExampleArguments.required(catalogue.schema(action)));
    }

    /** Every field. */
    ObjectNode complete(Action action) {
        return ExampleArguments.complete(catalogue.schema(action));
    }
}
