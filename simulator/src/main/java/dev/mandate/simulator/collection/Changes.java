package dev.mandate.simulator.collection;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a body does to a document. */
final class Changes {

    /** Objects that are merged at their own first level, where others are replaced. */
    private static final Set<String> METADATA = Set.of("user_metadata", "app_metadata", "client_metadata");

    private Changes() {}

    /** Sets every member of a body; null unsets. */
    static void merge(ObjectNode document, JsonNode body) {
        body.forEachEntry((name, value) -> {
            if (METADATA.contains(name) && value.isObject()) {
                ObjectNode metadata = document.withObjectProperty(name);
                value.forEachEntry((key, each) -> set(metadata, key, each));
            } else {
                set(document, name, value);
            }
        });
    }

    private static void set(ObjectNode document, String name, JsonNode value) {
        if (value.isNull()) {
            document.remove(name);
        } else {
            document.set(name, value.deepCopy());
        }
    }
}
