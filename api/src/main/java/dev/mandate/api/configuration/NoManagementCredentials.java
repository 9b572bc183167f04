package dev.mandate.api.configuration;

import java.util.List;
import java.util.Locale;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/**
 * Stops the start when this process is handed what belongs to the worker. Unknown properties in files stop it anyway;
 * Spring Boot does not look for unknown environment variables, so this does.
 */
@Component
final class NoManagementCredentials {

    private static final String PREFIX = "mandate";
    private static final List<String> TELLTALES =
            List.of("clientsecret", "credentials", "managementaudience", "privatekeyfile", "auth0");

    /** @throws IllegalStateException naming the property, never its value */
    NoManagementCredentials(ConfigurableEnvironment environment) {
        environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source)
                .forEach(source -> {
                    for (String name : source.getPropertyNames()) {
                        refuse(name);
                    }
                });
    }

    private static void refuse(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (plain.startsWith(PREFIX) && TELLTALES.stream().anyMatch(plain::contains)) {
            throw new IllegalStateException(
                    "The intake must never hold Management credentials, but is given the property " + name);
        }
    }
}
