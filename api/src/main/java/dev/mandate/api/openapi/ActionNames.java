package dev.mandate.api.openapi;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The names of all actions for readers: a line for each resource. */
final class ActionNames {

    private ActionNames() {}

    /** Markdown. */
    static String list(Catalogue catalogue) {
        return catalogue.actions().stream()
                .map(Action::name)
                .collect(Collectors.groupingBy(
                        ActionNames::resource,
                        TreeMap::new,
                        Collectors.mapping(ActionNames::rest, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(resource -> "- `" + resource.getKey() + "`: " + resource.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String resource(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static String rest(String name) {
        return name.substring(name.indexOf('.') + 1);
    }
}
