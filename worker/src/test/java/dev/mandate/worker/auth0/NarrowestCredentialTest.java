package dev.mandate.worker.auth0;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.worker.settings.CredentialSettings;
import dev.mandate.worker.settings.TenantSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** The choice among many credentials, held against looking through all of them. */
class NarrowestCredentialTest {

    private static final List<String> SCOPES =
            List.of("read:users", "update:users", "delete:users", "read:roles", "read:clients", "update:clients");

    @TempDir
    private Path directory;

    @RepeatedTest(200)
    void no_credential_that_covers_the_scopes_is_narrower_than_the_chosen_one(RepetitionInfo repetition)
            throws IOException {
        // Given
        var random = new Random(repetition.getCurrentRepetition());
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret");
        Map<String, Set<String>> grants = new TreeMap<>();
        for (int i = 0; i < random.nextInt(8); i++) {
            grants.put("client-" + i, some(random));
        }
        List<CredentialSettings> settings = new ArrayList<>();
        grants.forEach((client, scopes) -> settings.add(new CredentialSettings(client, secret, null, scopes)));
        Set<String> wanted = some(random);

        // When
        Optional<String> chosen = tenant(settings).credential(wanted).map(Credential::clientId);

        // Then
        List<String> covering = grants.entrySet().stream()
                .filter(grant -> grant.getValue().isEmpty() || grant.getValue().containsAll(wanted))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(chosen.isPresent()).isEqualTo(!covering.isEmpty());
        chosen.ifPresent(client -> {
            assertThat(covering).contains(client);
            assertThat(covering)
                    .allSatisfy(other ->
                            assertThat(breadth(grants.get(client))).isLessThanOrEqualTo(breadth(grants.get(other))));
        });
    }

    /** A grant of unknown extent may be everything. */
    private static int breadth(Set<String> scopes) {
        return scopes.isEmpty() ? Integer.MAX_VALUE : scopes.size();
    }

    private static Set<String> some(Random random) {
        Set<String> some = new TreeSet<>();
        SCOPES.stream().filter(scope -> random.nextInt(3) == 0).forEach(some::add);
        return some;
    }

    private static Tenant tenant(List<CredentialSettings> credentials) {
        return new Tenant(
                "acme",
                new TenantSettings(
                        "https://acme.example",
                        "https://acme.example/api/v2/",
                        List.of(),
                        false,
                        TenantSettings.WiderScope.REFUSED,
                        credentials));
    }
}
