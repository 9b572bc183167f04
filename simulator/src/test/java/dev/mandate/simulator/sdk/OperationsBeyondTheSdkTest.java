package dev.mandate.simulator.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.SimulatorOptions;
import dev.mandate.simulator.collection.Stock;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Operations that are newer than the SDK: they succeed when what they need is there, and lists list something. */
class OperationsBeyondTheSdkTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();
    /** Lists of these are empty for somebody who has nothing. */
    private static final String COMPUTED = ".effective";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Simulator AUTH0 = Simulator.start(SimulatorOptions.defaults()
            .withSeed(DemoSeed.create("https://mandate.example/api", name -> new Secret("secret-of-" + name))));
    private static final Stock STOCK = AUTH0.stock();

    /** Of several ways to say what is meant, one; the description requires none. */
    private static final Map<String, JsonNode> NAMED =
            Map.of("refreshTokens.revoke", Json.object().put("user_id", STOCK.id("/users")));

    @AfterAll
    static void stop() {
        AUTH0.close();
    }

    @Test
    void every_operation_that_the_sdk_does_not_know_succeeds() throws Exception {
        List<String> failures = new ArrayList<>();
        int driven = 0;
        for (Action action : CATALOGUE.operations()) {
            if (action.sdk().isEmpty()) {
                driven++;
                HttpResponse<String> response = drive(action);
                if (!action.success().contains(response.statusCode())) {
                    failures.add(action.name() + ": " + response.statusCode() + " " + response.body());
                } else if (action.name().endsWith(".list")
                        && !action.name().toLowerCase(Locale.ROOT).contains(COMPUTED)
                        && !lists(response.body())) {
                    failures.add(action.name() + " lists nothing: " + response.body());
                }
            }
        }
        System.out.printf("Operations beyond the SDK driven: %d, succeeded: %d%n", driven, driven - failures.size());
        assertThat(failures).isEmpty();
        assertThat(driven).isEqualTo(63);
    }

    private static boolean lists(String body) {
        JsonNode answer = Json.MAPPER.readTree(body);
        JsonNode list = answer.isArray()
                ? answer
                : answer.valueStream().filter(JsonNode::isArray).findFirst().orElse(answer);
        return list.isArray() && !list.isEmpty();
    }

    private static HttpResponse<String> drive(Action action) throws Exception {
        AUTH0.reset();
        String path = action.path();
        for (Map.Entry<String, String> value : STOCK.prepare(action).entrySet()) {
            path = path.replace("{" + value.getKey() + "}", encoded(value.getValue()));
        }
        JsonNode schema = CATALOGUE.schema(action);
        Specimens specimens = new Specimens(schema, false);
        StringBuilder query = new StringBuilder("?");
        if (schema.path("properties").has("query")) {
            specimens
                    .of(schema.path("properties").path("query"))
                    .forEachEntry((name, value) -> query.append(name)
                            .append('=')
                            .append(encoded(value.asString()))
                            .append('&'));
        }
        HttpRequest.BodyPublisher body = action.body().isPresent()
                ? HttpRequest.BodyPublishers.ofString(NAMED.getOrDefault(
                                action.name(),
                                specimens.of(schema.path("properties").path("body")))
                        .toString())
                : HttpRequest.BodyPublishers.noBody();
        String token = AUTH0.forge()
                .management(DemoSeed.WORKER, action.scopes().toArray(String[]::new))
                .signed();
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(AUTH0.url() + "/api/v2" + path + query))
                        .method(action.method(), body)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
