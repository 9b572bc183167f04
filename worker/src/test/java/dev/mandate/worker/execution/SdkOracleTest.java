package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.ExampleArguments;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Auth0's own SDK as an oracle: for every operation that it knows, the request that the worker sends is the one that
 * the SDK sends for the same arguments, as a server understands both. Where they differ, the difference is listed with
 * its reason, and a listed one that no longer occurs fails as well.
 */
class SdkOracleTest {

    private static final int KNOWN_TO_THE_SDK = 389;
    private static final Catalogue CATALOGUE = Catalogue.bundled();

    @TempDir
    private Path directory;

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    @BeforeEach
    void start() {
        bench.auth0().answers(exchange -> StandIn.json(exchange, 400, "{}"));
    }

    @Test
    void the_worker_sends_what_auth0s_sdk_sends() throws Exception {
        // Given
        var sdk = new SdkCalls(bench.auth0().url(), directory);
        List<Action> actions = CATALOGUE.operations().stream()
                .filter(action -> action.sdk().isPresent())
                .toList();
        var found = new TreeMap<String, Set<String>>();
        int requests = 0;

        // When
        for (Action action : actions) {
            for (ObjectNode arguments : examples(action)) {
                requests++;
                worker(action, arguments)
                        .differences(sdk(sdk, action, arguments))
                        .forEach(difference -> found.computeIfAbsent(difference.toString(), one -> new TreeSet<>())
                                .add(action.name()));
            }
        }

        // Then
        Map<String, String> listed = SdkDifferences.listed();
        assertThat(SdkDifferences.told(found, listed)).containsExactlyInAnyOrderEntriesOf(listed);
        assertThat(actions).hasSize(KNOWN_TO_THE_SDK);
        long differing = found.values().stream().flatMap(Set::stream).distinct().count();
        System.out.printf(
                "SDK oracle: %d operations compared by %d requests: %d equal, %d equal after %d listed differences%n",
                actions.size(), requests, actions.size() - differing, differing, listed.size());
    }

    private static Set<ObjectNode> examples(Action action) {
        ObjectNode schema = CATALOGUE.schema(action);
        var examples = new LinkedHashSet<ObjectNode>();
        examples.add(ExampleArguments.required(schema, SdkOracleTest::time));
        examples.addAll(ExampleArguments.variants(schema, SdkOracleTest::time));
        examples.add(withNulls(schema, withLists(ExampleArguments.complete(schema, SdkOracleTest::time))));
        return examples;
    }

    /** The same with more than one element in the lists of the query. */
    private static ObjectNode withLists(ObjectNode arguments) {
        arguments.path(Action.QUERY).forEach(value -> {
            if (value instanceof ArrayNode list) {
                list.add(list.get(0));
            }
        });
        return arguments;
    }

    /** The same with a null for every member of the body that may be null: what the SDK loses. */
    private static ObjectNode withNulls(ObjectNode schema, ObjectNode arguments) {
        if (arguments.get(Action.BODY) instanceof ObjectNode body) {
            JsonNode properties = schema.at("/properties/body/properties");
            List.copyOf(body.propertyNames()).stream()
                    .filter(name -> mayBeNull(schema, properties.path(name)))
                    .forEach(body::putNull);
        }
        return arguments;
    }

    private static boolean mayBeNull(ObjectNode schema, JsonNode member) {
        JsonNode reference = member.get("$ref");
        return reference == null
                ? Stream.of(member.path("type"), member.path("enum"))
                                .flatMap(one -> one.isArray() ? one.valueStream() : Stream.of(one))
                                .anyMatch(one ->
                                        one.isNull() || one.stringValue("").equals("null"))
                        || Stream.of(member.path("oneOf"), member.path("anyOf"))
                                .flatMap(JsonNode::valueStream)
                                .anyMatch(one -> mayBeNull(schema, one))
                : mayBeNull(schema, schema.at(reference.stringValue().substring(1)));
    }

    private Wire worker(Action action, ObjectNode arguments) throws Exception {
        bench.auth0().asked().clear();
        bench.attempt(bench.sealedRequest(action.name(), arguments), 1, false);
        return only();
    }

    private Wire sdk(SdkCalls sdk, Action action, ObjectNode arguments) {
        bench.auth0().asked().clear();
        sdk.refused(action, arguments);
        return only();
    }

    private Wire only() {
        List<StandIn.Asked> called = bench.auth0().called();
        assertThat(called).hasSize(1);
        return Wire.of(called.getFirst());
    }

    /** A time that is short enough for every limit. */
    private static Optional<String> time(JsonPointer at, JsonNode schema) {
        return schema.path("format").stringValue("").equals("date-time")
                ? Optional.of("2030-01-31T12:00:00Z")
                : Optional.empty();
    }
}
