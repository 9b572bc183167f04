package dev.mandate.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class WorkerSettingsTest {

    @Configuration
    @EnableConfigurationProperties(WorkerSettings.class)
    static class Bound {}

    @TempDir
    private Path directory;

    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void complete() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "s");
        properties.put("mandate.environment", "test");
        properties.put("mandate.instance", "worker-1");
        properties.put("mandate.issuer", "https://mandate.example/worker");
        properties.put("mandate.audience", "https://mandate.example/api");
        properties.put("mandate.roles-claim", "https://mandate.example/roles");
        properties.put("mandate.issuers[0].url", "https://acme.eu.auth0.com/");
        properties.put("mandate.issuers[0].home", "acme-prod");
        properties.put("mandate.keys.ring", directory.toString());
        properties.put("mandate.keys.signing", directory.toString());
        properties.put("mandate.keys.sealing", directory.toString());
        properties.put("mandate.tenants.acme-prod.url", "https://acme.eu.auth0.com");
        properties.put("mandate.tenants.acme-prod.management-audience", "https://acme.eu.auth0.com/api/v2/");
        properties.put("mandate.tenants.acme-prod.issuers[0]", "https://acme.eu.auth0.com/");
        properties.put("mandate.tenants.acme-prod.credentials[0].client-id", "c");
        properties.put("mandate.tenants.acme-prod.credentials[0].client-secret-file", secret.toString());
        properties.put("mandate.tenants.acme-prod.credentials[0].scopes", "read:users,update:users");
    }

    @Test
    void what_is_complete_is_read_and_the_rest_has_defaults() {
        WorkerSettings settings = bind();

        TenantSettings tenant = settings.tenants().get("acme-prod");
        assertThat(tenant.widerScope()).isEqualTo(TenantSettings.WiderScope.WARNED);
        assertThat(tenant.applications()).isFalse();
        assertThat(tenant.credentials().getFirst().scopes()).containsExactlyInAnyOrder("read:users", "update:users");
        assertThat(settings.authorization().factsMaxAge()).hasSeconds(30);
        assertThat(settings.consumption().concurrency()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "mandate.environment, mandate.environment is missing",
        "mandate.instance, mandate.instance is missing",
        "mandate.keys.ring, mandate.keys.ring must be a directory",
        "mandate.issuers[0].home, mandate.issuers[0].home must name one of mandate.tenants",
        "mandate.tenants.acme-prod.url, mandate.tenants.acme-prod.url is missing",
        "mandate.tenants.acme-prod.credentials[0].client-secret-file, needs either client-secret-file or private-key-file"
    })
    void what_is_missing_is_named(String property, String problem) {
        properties.remove(property);

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mandate.tenants.acme-prod.wider-scopes",
                "mandate.execution.call-timeouts",
                "mandate.keys.secret",
                "mandate.nothing"
            })
    void what_is_unknown_stops_the_start_and_is_named(String property) {
        properties.put(property, "1");

        new ApplicationContextRunner()
                .withUserConfiguration(Bound.class)
                .withPropertyValues(properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new))
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(property));
    }

    @Test
    void a_secret_that_was_never_filled_in_is_named() throws Exception {
        Path empty = Files.createFile(directory.resolve("client-secret"));
        properties.put("mandate.tenants.acme-prod.credentials[0].client-secret-file", empty.toString());

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("names a file that is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "mandate.tenants.acme-prod.url, http://acme.eu.auth0.com",
        "mandate.tenants.acme-prod.url, ftp://acme.eu.auth0.com",
        "mandate.tenants.acme-prod.url, https://acme.eu.auth0.com?x=1",
        "mandate.tenants.acme-prod.url, https://user@acme.eu.auth0.com",
        "mandate.issuers[0].url, http://169.254.169.254/"
    })
    void A42_an_address_that_a_token_should_not_be_sent_to_is_refused(String property, String value) {
        properties.put(property, value);

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining(property + " must be an https URL");
    }

    @Test
    void a_tenant_is_at_a_host_and_not_below_one() {
        properties.put("mandate.tenants.acme-prod.url", "https://acme.eu.auth0.com/");
        assertThat(bind().tenants()).containsKey("acme-prod");

        properties.put("mandate.tenants.acme-prod.url", "https://acme.eu.auth0.com/api/v2/");

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("acme-prod.url must end with its host");
    }

    @Test
    void a_tenant_takes_people_only_of_issuers_that_are_known_to_the_last_character() {
        properties.put("mandate.tenants.acme-prod.issuers[0]", "https://acme.eu.auth0.com");

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("is not among mandate.issuers");
    }

    @Test
    void an_issuer_has_one_home_and_not_two() {
        properties.put("mandate.issuers[1].url", "https://acme.eu.auth0.com/");
        properties.put("mandate.issuers[1].home", "acme-prod");

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("mandate.issuers[1].url is there twice");
    }

    private WorkerSettings bind() {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("mandate", WorkerSettings.class)
                .get();
    }
}
