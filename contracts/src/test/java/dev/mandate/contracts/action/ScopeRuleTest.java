package dev.mandate.contracts.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ScopeRuleTest {

    private static final Catalogue CATALOGUE = Catalogue.bundled();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "users.update; {'id':'a','body':{'app_metadata':{}}}; update:users_app_metadata",
                "users.update; {'id':'a','body':{'app_metadata':null}}; update:users_app_metadata",
                "users.update; {'id':'a','body':{'app_metadata':{},'blocked':true}}; update:users",
                "users.update; {'id':'a','body':{'user_metadata':{}}}; update:users",
                "users.update; {'id':'a','body':{}}; update:users",
                "users.update; {'id':'a'}; update:users",
                "users.update; {'id':'a','body':[]}; update:users",
                "users.get; {'id':'a'}; read:users",
                "clients.update; {'id':'c','body':{'name':'x'}}; update:clients",
                "clients.update; {'id':'c','body':{'client_secret':'x'}}; update:clients update:client_keys",
                "clients.update; {'id':'c','body':{'client_authentication_methods':{},'signed_request_object':{}}}; update:clients update:client_credentials",
                "organizations.create; {'body':{'name':'x'}}; create:organizations",
                "organizations.create; {'body':{'name':'x','enabled_connections':[]}}; create:organizations create:organization_connections"
            })
    void the_scopes_are_the_least_that_do_the_job(String name, String arguments, String scopes) {
        Action action = CATALOGUE.find(name).orElseThrow();
        ObjectNode json = StrictJson.parseObject(arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        assertThat(action.scopes(json)).containsExactly(scopes.split(" "));
        assertThat(action.scopes(json, List.of())).isEqualTo(action.scopes(json));
        assertThat(action.scopes(json, action.scopes())).containsAll(action.scopes());
    }
}
