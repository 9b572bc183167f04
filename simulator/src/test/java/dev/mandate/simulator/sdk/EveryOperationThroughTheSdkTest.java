package dev.mandate.simulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.core.ObjectMappers;
import com.auth0.client.mgmt.core.OptionalNullable;
import com.auth0.client.mgmt.core.SyncPagingIterable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.SimulatorOptions;
import dev.mandate.simulator.collection.Stock;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Secret;
import java.io.File;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Auth0's own SDK drives the simulator through every operation that it knows. Nothing of the simulator's tables helps
 * it: the way to each method comes from the SDK's own classes, and what comes back must fill the SDK's own types.
 */
class EveryOperationThroughTheSdkTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final Simulator AUTH0 = Simulator.start(SimulatorOptions.defaults()
            .withSeed(DemoSeed.create("https://mandate.example/api", name -> new Secret("secret-of-" + name))));
    private static final Stock STOCK = AUTH0.stock();
    /** Of a last page, which names no next one, the SDK can't make a list. */
    private static final String NEVER_LAST = "verifiableCredentials.verification.templates.list";

    /**
     * What the description does not call required, though the operation can't do without it, or the SDK sends amiss.
     */
    private static final Map<String, Map<String, Object>> MORE = Map.of(
            "connectionProfiles.list",
            Map.of("take", 10),
            "networkAcls.create",
            Map.of("priority", 1),
            "networkAcls.set",
            Map.of("priority", 1),
            NEVER_LAST,
            Map.of("take", 1),
            "users.create",
            Map.of("email", "new@example.com", "password", "N3w-Passw0rd!"));

    /** Of several ways to name somebody, one. */
    private static final Map<String, ObjectNode> INSTEAD =
            Map.of("tickets.changePassword", Json.object().put("user_id", STOCK.id("/users")));

    private static final ObjectMapper SDK = ObjectMappers.JSON_MAPPER;

    @TempDir
    static Path files;

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @ParameterizedTest(name = "all members: {0}")
    @ValueSource(booleans = {false, true})
    void every_operation_that_the_sdk_knows_answers_in_its_types(boolean all) {
        List<String> failures = new ArrayList<>();
        int driven = 0;
        int items = 0;
        for (Action action : CATALOGUE.operations()) {
            if (action.sdk().isPresent()) {
                driven++;
                try {
                    items += drive(action, all);
                } catch (Throwable e) {
                    failures.add(action.name() + ": " + why(e));
                }
            }
        }
        System.out.printf(
                "SDK operations driven (%s): %d, answered in the SDK's types: %d, listed items: %d%n",
                all ? "all members" : "required members only", driven, driven - failures.size(), items);
        assertThat(failures).isEmpty();
        assertThat(driven).isEqualTo(389);
    }

    /** How many items came back, if it is a list. */
    private static int drive(Action action, boolean all) throws Throwable {
        AUTH0.reset();
        Map<String, String> path = STOCK.prepare(action);
        if (action.name().equals(NEVER_LAST)) {
            AUTH0.tenant()
                    .collections()
                    .at(action.path())
                    .add("another", Json.object().put("id", "another"));
        }
        SdkOperation operation = SdkOperation.of(action.sdk().orElseThrow());
        Object answer = operation.call(api(action), arguments(action, operation, path, all));

        SeenRequest seen = AUTH0.journal().all().getLast();
        assertThat(seen.method() + " " + seen.decodedPath())
                .isEqualTo(action.method() + " /api/v2" + concrete(action.path(), path));
        assertThat(AUTH0.journal().all()).hasSize(1);
        assertThat(seen.status().orElse(0)).isIn(action.success());
        if (operation.method().getReturnType() == void.class) {
            return 0;
        }
        assertThat(answer).isInstanceOf(boxed(operation.method().getReturnType()));
        Object content = answer instanceof SyncPagingIterable<?> page ? page.getItems() : answer;
        assertThat(Filled.missing(content)).isEmpty();
        return content instanceof List<?> list ? list.size() : 0;
    }

    private static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }

    private static String concrete(String template, Map<String, String> path) {
        String concrete = template;
        for (Map.Entry<String, String> value : path.entrySet()) {
            concrete = concrete.replace("{" + value.getKey() + "}", value.getValue());
        }
        return concrete;
    }

    private static List<Object> arguments(Action action, SdkOperation operation, Map<String, String> path, boolean all)
            throws Exception {
        JsonNode schema = CATALOGUE.schema(action);
        Specimens specimens = new Specimens(schema, all);
        List<Object> arguments = new ArrayList<>();
        List<String> values = new ArrayList<>(path.values());
        for (Type type : operation.parameters()) {
            if (!values.isEmpty()) {
                arguments.add(
                        type == String.class
                                ? values.removeFirst()
                                : parse(Json.MAPPER.writeValueAsString(values.removeFirst()), type));
            } else if (type == File.class) {
                arguments.add(
                        Files.writeString(files.resolve("users.json"), "[]").toFile());
            } else {
                arguments.add(request(action, schema, specimens, type));
            }
        }
        return arguments;
    }

    private static @Nullable Object request(Action action, JsonNode schema, Specimens specimens, Type type)
            throws Exception {
        JsonNode body = INSTEAD.containsKey(action.name())
                ? INSTEAD.get(action.name())
                : action.body().isPresent()
                        ? specimens.of(schema.path("properties").path("body"))
                        : Json.object();
        if (body instanceof ObjectNode object && schema.path("properties").has("query")) {
            ObjectNode query = (ObjectNode)
                    new Specimens(schema, false).of(schema.path("properties").path("query"));
            object.setAll(query);
        }
        if (body instanceof ObjectNode object) {
            MORE.getOrDefault(action.name(), Map.of()).forEach(object::putPOJO);
        }
        return parse(Json.MAPPER.writeValueAsString(body), type);
    }

    private static Object parse(String json, Type type) throws JsonProcessingException {
        if (type instanceof ParameterizedType generic && generic.getRawType() == OptionalNullable.class) {
            JavaType inner = SDK.constructType(generic.getActualTypeArguments()[0]);
            return OptionalNullable.of(SDK.readValue(json, inner));
        }
        return SDK.readValue(json, SDK.constructType(type));
    }

    private static ManagementApi api(Action action) {
        return ManagementApi.builder()
                .url(AUTH0.url() + "/api/v2")
                .token(AUTH0.forge().management(DemoSeed.WORKER, scopes(action)).signed())
                .maxRetries(0)
                .build();
    }

    /** The least ones; and those that single members of a client need besides. */
    private static String[] scopes(Action action) {
        return Stream.concat(action.scopes().stream(), Stream.of("update:client_keys", "update:client_credentials"))
                .toArray(String[]::new);
    }

    private static String why(Throwable e) {
        String text = e instanceof ManagementApiException refusal
                ? refusal.statusCode() + " " + refusal.body()
                : e.getClass().getSimpleName() + " " + e.getMessage() + e.getStackTrace()[0]
                        + (e.getCause() == null ? "" : " <- " + e.getCause().getMessage());
        return text.replaceAll("\\s+", " ")
                .substring(0, Math.min(300, text.replaceAll("\\s+", " ").length()));
    }
}
