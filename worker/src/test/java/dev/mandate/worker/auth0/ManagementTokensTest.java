package dev.mandate.worker.auth0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mandate.contracts.signing.Pem;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.SimulatorOptions;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.seed.SeedClient;
import dev.mandate.simulator.tokens.TokenPolicy;
import dev.mandate.worker.settings.CredentialSettings;
import dev.mandate.worker.settings.ExecutionSettings;
import dev.mandate.worker.settings.TenantSettings;
import dev.mandate.worker.settings.TenantSettings.WiderScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ManagementTokensTest {

    private static final List<String> GRANT = List.of("read:users", "update:users", "delete:users");

    @TempDir
    private Path directory;

    private Instant now = Instant.now();
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final SdkTransport transport = new SdkTransport(new ExecutionSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            DataSize.ofKilobytes(64),
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofSeconds(30)));
    private final ManagementTokens tokens = new ManagementTokens(transport, clock);
    private Simulator simulator;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void a_token_has_the_scopes_that_were_asked_for_and_no_others() throws Exception {
        start(TokenPolicy.defaults(), client("worker"));

        ManagementToken token = tokens.get(tenant(WiderScope.REFUSED, secret("worker")), List.of("update:users"));

        assertThat(token.scopes()).containsExactly("update:users");
        assertThat(token.wider()).isEmpty();
        assertThat(simulator.journal().all().getLast().text()).contains("\"scope\":\"update:users\"");
        assertThat(token.toString()).doesNotContain(token.value());
    }

    @Test
    void many_who_ask_at_once_share_one_request() throws Exception {
        start(TokenPolicy.defaults(), client("worker"));
        simulator
                .faults()
                .inject(Fault.once(new Effect.Delay(Duration.ofMillis(300))).on("POST", "/oauth/token"));
        Tenant tenant = tenant(WiderScope.REFUSED, secret("worker"));

        List<Future<ManagementToken>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<ManagementToken> ask = () -> tokens.get(tenant, List.of("read:users"));
            answers = threads.invokeAll(Collections.nCopies(20, ask));
        }

        assertThat(answers.stream().map(Future::resultNow).distinct()).hasSize(1);
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void a_token_is_kept_until_shortly_before_it_expires() throws Exception {
        start(TokenPolicy.defaults().withManagementLifetime(Duration.ofMinutes(10)), client("worker"));
        Tenant tenant = tenant(WiderScope.REFUSED, secret("worker"));

        tokens.get(tenant, List.of("read:users"));
        now = now.plus(Duration.ofMinutes(8));
        tokens.get(tenant, List.of("read:users"));
        assertThat(requests()).isEqualTo(1);

        now = now.plus(Duration.ofSeconds(90));
        tokens.get(tenant, List.of("read:users"));
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void the_narrowest_credential_that_covers_the_scopes_is_used() throws Exception {
        start(TokenPolicy.defaults(), client("reader"), client("writer"), client("all"));
        Tenant tenant = tenant(
                WiderScope.REFUSED,
                secret("all"),
                secret("writer", "read:users", "update:users"),
                secret("reader", "read:users"));

        tokens.get(tenant, List.of("read:users"));
        assertThat(simulator.journal().all().getLast().text()).contains("\"client_id\":\"reader\"");
        tokens.get(tenant, List.of("read:users", "update:users"));
        assertThat(simulator.journal().all().getLast().text()).contains("\"client_id\":\"writer\"");
        tokens.get(tenant, List.of("delete:users"));
        assertThat(simulator.journal().all().getLast().text()).contains("\"client_id\":\"all\"");
    }

    @Test
    void scopes_that_no_credential_covers_are_refused_without_asking() throws Exception {
        start(TokenPolicy.defaults(), client("reader"));
        Tenant tenant = tenant(WiderScope.REFUSED, secret("reader", "read:users"));

        assertThatThrownBy(() -> tokens.get(tenant, List.of("delete:users")))
                .isInstanceOfSatisfying(
                        Auth0Exception.Refused.class, e -> assertThat(e.code()).isEqualTo("credential.insufficient"));
        assertThat(requests()).isZero();
    }

    @Test
    void a_token_that_is_wider_than_asked_for_is_allowed_or_refused_as_configured() throws Exception {
        start(TokenPolicy.defaults().withNarrowing(TokenPolicy.Narrowing.WHOLE_GRANT), client("worker"));

        ManagementToken used = tokens.get(tenant(WiderScope.ALLOWED, secret("worker")), List.of("read:users"));
        assertThat(used.wider()).containsExactly("delete:users", "update:users");

        ManagementTokens others = new ManagementTokens(transport, clock);
        assertThatThrownBy(() -> others.get(tenant(WiderScope.REFUSED, secret("worker")), List.of("read:users")))
                .isInstanceOfSatisfying(
                        Auth0Exception.Refused.class, e -> assertThat(e.code()).isEqualTo("credential.wider_scope"));
    }

    @Test
    void a_private_key_proves_the_client_too() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Path key = Files.writeString(
                directory.resolve("key.pem"), Pem.write(pair.getPrivate().getEncoded()));
        String publicKey = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        start(
                TokenPolicy.defaults(),
                new SeedClient(
                        "keyed",
                        "keyed",
                        Optional.empty(),
                        List.of(publicKey),
                        List.of("client_credentials"),
                        GRANT,
                        Map.of()));

        ManagementToken token = tokens.get(
                tenant(WiderScope.REFUSED, new CredentialSettings("keyed", null, key, Set.of())),
                List.of("read:users"));

        assertThat(token.scopes()).containsExactly("read:users");
        assertThat(simulator.journal().all().getLast().text())
                .contains("client_assertion")
                .doesNotContain("client_secret");
    }

    @Test
    void a_token_endpoint_that_is_away_or_refuses_says_so_and_is_asked_again() throws Exception {
        start(TokenPolicy.defaults(), client("worker"));
        Tenant tenant = tenant(WiderScope.REFUSED, secret("worker"));
        simulator.faults().inject(Fault.once(new Effect.ServerError(503)).on("POST", "/oauth/token"));
        simulator.faults().inject(Fault.once(new Effect.CutBefore()).on("POST", "/oauth/token"));

        assertThat(catchThrowableOfType(
                        Auth0Exception.Unavailable.class, () -> tokens.get(tenant, List.of("read:users"))))
                .isNotNull();
        assertThat(catchThrowableOfType(
                        Auth0Exception.Unavailable.class, () -> tokens.get(tenant, List.of("read:users"))))
                .isNotNull();
        assertThat(catchThrowableOfType(Auth0Exception.Refused.class, () -> tokens.get(tenant, List.of("read:keys")))
                        .code())
                .isEqualTo("upstream.token_refused");
        assertThat(tokens.get(tenant, List.of("read:users")).scopes()).containsExactly("read:users");
    }

    private void start(TokenPolicy policy, SeedClient... clients) {
        simulator = Simulator.start(SimulatorOptions.defaults()
                .withPolicy(policy)
                .withSeed(new Seed(List.of(), List.of(), List.of(), List.of(), List.of(clients))));
    }

    private static SeedClient client(String id) {
        return SeedClient.machine(id, new Secret("secret-of-" + id), GRANT);
    }

    private CredentialSettings secret(String id, String... scopes) throws Exception {
        Path file = Files.writeString(directory.resolve(id), "secret-of-" + id);
        return new CredentialSettings(id, file, null, Set.of(scopes));
    }

    private Tenant tenant(WiderScope wider, CredentialSettings... credentials) {
        return new Tenant(
                "acme",
                new TenantSettings(
                        simulator.url(),
                        simulator.managementAudience(),
                        List.of(),
                        false,
                        wider,
                        List.of(credentials)));
    }

    private long requests() {
        return simulator.journal().all().stream()
                .filter(request -> request.path().equals("/oauth/token"))
                .count();
    }
}
