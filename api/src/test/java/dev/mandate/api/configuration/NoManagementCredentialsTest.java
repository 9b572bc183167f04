package dev.mandate.api.configuration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class NoManagementCredentialsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MANDATE_TENANTS_ACMEPROD_CREDENTIALS_0_CLIENTSECRETFILE",
                "MANDATE_TENANTS_ACMEPROD_CREDENTIALS_0_CLIENTID",
                "MANDATE_TENANTS_ACMEPROD_MANAGEMENTAUDIENCE",
                "MANDATE_AUTH0_CLIENT_SECRET",
                "mandate.tenants.acme-prod.credentials[0].private-key-file"
            })
    void a_management_credential_in_the_environment_stops_the_start(String name) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new NoManagementCredentials(environment(name)))
                .withMessageContaining(name)
                .withMessageNotContaining("S3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MANDATE_KEYS_SECRET", "MANDATE_TENANTS_ACMEPROD_ISSUERS_0", "AUTH0_DOMAIN", "PATH"})
    void what_the_intake_needs_and_what_is_not_ours_does_not(String name) {
        assertThatCode(() -> new NoManagementCredentials(environment(name))).doesNotThrowAnyException();
    }

    private static StandardEnvironment environment(String name) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("test", Map.of(name, "S3cret")));
        return environment;
    }
}
