package dev.mandate.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.testkit.RunningApi;
import dev.mandate.contracts.TestKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class MandatePropertiesTest {

    private static final String ISSUER = "https://acme.eu.auth0.com/";

    @TempDir
    Path directory;

    private Map<String, String> properties;

    @Configuration
    @EnableConfigurationProperties(MandateProperties.class)
    static class Bound {}

    @BeforeEach
    void setUp() {
        TestKeys keys = TestKeys.in(directory, Clock.systemUTC());
        properties = new LinkedHashMap<>(RunningApi.properties(directory, keys, ISSUER));
    }

    @Test
    void issuers_tenants_and_keys_are_read() {
        runner().run(context -> {
            MandateProperties bound = context.getBean(MandateProperties.class);
            assertThat(bound.mayCommand(ISSUER, "acme-prod")).isTrue();
            assertThat(bound.mayCommand("https://other.example/", "acme-prod")).isFalse();
            assertThat(bound.tenant("acme-prod").orElseThrow().applications()).isFalse();
            assertThat(bound.intake().maxBody().toKilobytes()).isEqualTo(64);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mandate.environment",
                "mandate.instance",
                "mandate.issuer",
                "mandate.audience",
                "mandate.roles-claim",
                "mandate.issuers[0].home",
                "mandate.keys.ring",
                "mandate.keys.signing",
                "mandate.keys.sealing",
                "mandate.keys.secret"
            })
    void a_missing_property_stops_the_start_and_is_named(String name) {
        properties.remove(name);

        assertStopsNaming(name.replace("[0]", "[]"));
    }

    @Test
    void a_tenant_can_not_list_an_issuer_that_is_not_configured() {
        properties.put("mandate.tenants.acme-prod.issuers[0]", "https://other.example/");

        assertStopsNaming("mandate.tenants.acme-prod.issuers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mandate.tenants.acme-prod.credentials[0].client-id",
                "mandate.tenants.acme-prod.credentials[0].client-secret-file",
                "mandate.tenants.acme-prod.credentials[0].private-key-file",
                "mandate.tenants.acme-prod.client-secret",
                "mandate.tenants.acme-prod.management-audience",
                "mandate.tenants.acme-prod.url",
                "mandate.auth0.client-secret"
            })
    void a_management_credential_in_the_configuration_stops_the_start(String name) {
        properties.put(name, "anything");

        assertStopsNaming(name);
    }

    private void assertStopsNaming(String text) {
        runner().run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).hasStackTraceContaining(text);
        });
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withUserConfiguration(Bound.class)
                .withPropertyValues(properties.entrySet().stream()
                        .map(property -> property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }
}
