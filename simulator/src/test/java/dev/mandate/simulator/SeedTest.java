package dev.mandate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.seed.SeedClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

class SeedTest {

    private static final String JSON = """
            {"apis": [{"identifier": "https://a", "name": "A", "scopes": ["read:users"]}],
             "roles": [{"id": "rol_1", "name": "reader", "permissions": [{"api": "https://a", "name": "read:users"}]}],
             "organizations": [{"id": "org_1", "name": "one", "display_name": "One",
                                "members": [{"user_id": "auth0|1", "roles": ["reader"]}]}],
             "users": [{"user_id": "auth0|1", "email": "one@a.example", "password": "S3cret!", "roles": ["reader"],
                        "app_metadata": {"plan": "gold"}, "blocked": true}],
             "clients": [{"client_id": "c", "secret": "hush", "grant_types": ["client_credentials"],
                          "management_scopes": ["read:users"]}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void a_tenant_is_described_in_json() throws Exception {
        Seed seed = Seed.read(Files.writeString(directory.resolve("seed.json"), JSON));

        try (Simulator auth0 = Simulator.start(SimulatorOptions.defaults().withSeed(seed))) {
            assertThat(auth0.tenant().permissions("auth0|1", "https://a")).containsExactly("read:users");
            assertThat(auth0.tenant().permissions("auth0|1", "https://a", "org_1"))
                    .containsExactly("read:users");
            assertThat(auth0.tenant().users().isBlocked("auth0|1")).isTrue();
            assertThat(auth0.tenant().users().passwordMatches("auth0|1", "S3cret!"))
                    .isTrue();
        }
    }

    @Test
    void whatever_has_a_sensible_default_may_be_left_out() throws Exception {
        String json = "{\"users\": [{\"user_id\": \"auth0|1\", \"email\": \"one@a.example\"}]}";
        Seed seed = Seed.read(Files.writeString(directory.resolve("seed.json"), json));

        assertThat(seed.users()).singleElement().satisfies(user -> {
            assertThat(user.blocked()).isFalse();
            assertThat(user.password()).isEmpty();
            assertThat(user.name()).isEqualTo("one@a.example");
            assertThat(user.amr()).containsExactly("pwd");
        });
    }

    @Test
    void secrets_do_not_print_themselves() throws Exception {
        Seed seed = Seed.read(Files.writeString(directory.resolve("seed.json"), JSON));

        assertThat(seed)
                .asString()
                .contains("one@a.example")
                .doesNotContain("S3cret!")
                .doesNotContain("hush");
    }

    @Test
    void a_member_that_a_seed_does_not_have_is_refused() throws Exception {
        Path file = Files.writeString(directory.resolve("seed.json"), "{\"userz\": []}");

        assertThatThrownBy(() -> Seed.read(file)).isInstanceOf(JacksonException.class);
    }

    @Test
    void a_seed_that_refers_to_what_is_not_in_it_is_refused() throws Exception {
        String broken = JSON.replace("\"name\": \"reader\"", "\"name\": \"writer\"");
        Seed seed = Seed.read(Files.writeString(directory.resolve("seed.json"), broken));

        assertThatThrownBy(() -> Simulator.start(SimulatorOptions.defaults().withSeed(seed)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_application_takes_the_place_of_the_one_with_its_id() {
        SeedClient narrow = SeedClient.machine(DemoSeed.WORKER, TestTenants.secret("other"), List.of("read:users"));

        Seed before = TestTenants.demo().seed();
        Seed after = before.withClient(narrow);

        assertThat(after.clients()).hasSameSizeAs(before.clients()).contains(narrow);
    }

    @Test
    void an_application_with_a_key_that_cannot_be_read_is_refused() {
        assertThatThrownBy(() -> SeedClient.machineWithKey("keyed", "-----BEGIN NOTHING-----", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_demos_api_knows_every_permission_and_its_worker_has_every_scope_that_an_application_can_have() {
        Seed seed = TestTenants.demo().seed();

        assertThat(seed.apis().getFirst().scopes())
                .contains(
                        "read:users",
                        "users.permissions.create",
                        "users.update:password",
                        "update:users_app_metadata",
                        "update:client_keys")
                .doesNotHaveDuplicates();
        for (Action action : Catalogue.bundled().operations()) {
            boolean ofThePersons = action.scopes().stream().anyMatch(scope -> scope.contains(":current_user_"));
            assertThat(seed.clients())
                    .as(action.name())
                    .anyMatch(
                            client -> ofThePersons || client.managementScopes().containsAll(action.scopes()));
        }
    }

    @Test
    void every_login_of_the_demo_gets_its_own_password() {
        try (Simulator auth0 = Simulator.start(TestTenants.demo())) {
            assertThat(DemoSeed.LOGINS)
                    .allSatisfy(
                            (login, id) -> assertThat(auth0.tenant().users().passwordMatches(id, "secret-of-" + login))
                                    .isTrue());
        }
    }

    @Test
    void the_process_writes_where_it_listens_to_a_file_for_its_owner_alone() throws Exception {
        Path file = directory.resolve("connection.json");

        try (Simulator auth0 = Simulator.start(SimulatorOptions.defaults())) {
            SimulatorMain.writeConnection(file, auth0);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file))
                    .contains(
                            auth0.issuer().toString(),
                            auth0.adminUrl(),
                            auth0.adminSecret().value());
        }
        assertThat(directory.toFile().list()).containsExactly("connection.json");
    }

    @Test
    void the_process_takes_a_seed_and_ports_and_refuses_what_it_does_not_know() throws Exception {
        Files.writeString(directory.resolve("seed.json"), JSON);
        Map<String, String> given = SimulatorMain.parse(
                new String[] {"--seed", directory.resolve("seed.json").toString(), "--narrowing", "whole-grant"});

        assertThat(SimulatorMain.options(given).seed().users()).hasSize(1);
        for (List<String> wrong : List.of(List.of("--secret", "x"), List.of("--seed"))) {
            assertThatThrownBy(() -> SimulatorMain.parse(wrong.toArray(String[]::new)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SimulatorMain.options(Map.of("--profile", "other")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
