package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.action.ExampleArguments;
import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The token of every call has the scopes that the call's own arguments take, and no others. */
class ScopesOfArgumentsTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    @BeforeEach
    void start() {
        // A token that tells what it was asked for.
        bench.auth0()
                .givesTokens(exchange -> StandIn.json(
                        exchange,
                        200,
                        "{\"access_token\":\"" + encoded(asked())
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":86400}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.update; {'id':'x','body':{'blocked':true}}; update:users",
                "users.update; {'id':'x','body':{'app_metadata':{'plan':'gold'}}}; update:users_app_metadata",
                "users.update; {'id':'x','body':{'app_metadata':{'plan':'gold'},'name':'Uma'}}; update:users",
                "users.update; {'id':'x','body':{}}; update:users",
                "clients.update; {'id':'x','body':{'name':'console'}}; update:clients",
                "clients.update; {'id':'x','body':{'client_secret':'s3cret'}}; update:client_keys update:clients"
            })
    void the_scopes_follow_the_arguments(String action, String arguments, String scopes) throws Exception {
        assertThat(scopesFor(action, json(arguments))).containsExactlyInAnyOrder(scopes.split(" "));
    }

    @Test
    void every_operation_is_called_with_its_least_scopes() throws Exception {
        for (Action action : CATALOGUE.operations()) {
            ObjectNode schema = CATALOGUE.schema(action);
            for (ObjectNode arguments : List.of(ExampleArguments.required(schema), ExampleArguments.complete(schema))) {
                assertThat(scopesFor(action.name(), arguments))
                        .as(action.name())
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(action.scopes(arguments));
            }
        }
    }

    private List<String> scopesFor(String action, ObjectNode arguments) throws InterruptedException {
        bench.auth0().asked().clear();
        bench.attempt(bench.sealedRequest(action, arguments), 1, false);
        String header =
                bench.auth0().called().getFirst().headers().get("Authorization").getFirst();
        String scopes =
                new String(Base64.getUrlDecoder().decode(header.substring("Bearer ".length())), StandardCharsets.UTF_8);
        return List.of(scopes.split(" "));
    }

    private String asked() {
        String body = bench.auth0().asked().getLast().body();
        return StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8))
                .get("scope")
                .stringValue();
    }

    private static String encoded(String scopes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(scopes.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode json(String text) {
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
