package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.KeyFiles;
import dev.mandate.contracts.signing.PublicKeyEntry;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.tokens.TokenDraft;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Intake;
import dev.mandate.worker.rig.Rig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An intake that lies about who asks: genuine signatures over tokens that prove something else, or nothing. */
class UntrustedTokensIT {

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        rig.startWorker();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void reset() {
        rig.simulator().reset();
    }

    @AfterEach
    void nothing_reached_auth0_and_the_partition_goes_on() {
        assertThat(rig.simulator().journal().managementWrites()).isEmpty();
        Command next =
                rig.intake().send(rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}"));
        assertThat(rig.tap().outcome(next).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
    }

    @Test
    void A15_a_stolen_intake_key_alone_makes_no_command_because_there_is_no_token_of_the_person_named() {
        // Given
        Command genuine = block();
        Requester ada = genuine.requester();
        String othersToken = rig.intake().token(DemoSeed.SAM);
        Requester sam = rig.intake().requester(othersToken, Intake.claims(othersToken));

        // When it is sealed by nobody, sealed for another token, or somebody else's under Ada's name
        // Then
        assertThat(reasonOf(record(Commands.requester(genuine, Commands.token(ada, ada.tokenHash(), "x.y.z")))))
                .isEqualTo("token.sealed");
        assertThat(reasonOf(
                        record(Commands.requester(genuine, Commands.token(ada, sam.tokenHash(), ada.sealedToken())))))
                .isEqualTo("token.sealed");
        assertThat(reasonOf(
                        record(Commands.requester(genuine, Commands.token(ada, sam.tokenHash(), sam.sealedToken())))))
                .isEqualTo("token.invalid");
    }

    @Test
    void A15_a_token_that_was_sealed_for_one_command_has_no_other_executed() {
        // Given a genuine command, as whoever has stolen the intake's key can read it in the log
        Command genuine = rig.intake().complete(block());
        Command others = rig.intake().command(DemoSeed.SAM, "users.update", blocking(DemoSeed.GUS));
        Instant later = genuine.issuedAt().plusSeconds(1);

        // When the sealed token is put into a command of their own: with another id, at another time, for somebody else
        // Then
        assertThat(reasonOf(record(Commands.id(genuine, others.id())))).isEqualTo("token.sealed");
        assertThat(reasonOf(record(Commands.times(genuine, later, genuine.deadline()))))
                .isEqualTo("token.sealed");
        assertThat(reasonOf(record(Commands.bind(Commands.context(genuine, others.context()), others.bind()))))
                .isEqualTo("token.sealed");
    }

    @Test
    void a_token_that_is_sealed_to_somebody_elses_key_is_not_waited_for() {
        Command genuine = block();
        String forIntake =
                rig.keys().sealerTo("intake").seal(SealingContext.result("any", "", Optional.empty(), ""), new byte[1]);

        assertThat(reasonOf(record(Commands.requester(
                        genuine,
                        Commands.token(genuine.requester(), genuine.requester().tokenHash(), forIntake)))))
                .isEqualTo("token.sealed");
    }

    @Test
    void a_token_that_is_sealed_to_a_new_key_waits_until_that_has_arrived_here() throws Exception {
        // Given a key that those who seal have heard of already
        Path elsewhere = Files.createTempDirectory("key");
        PublicKeyEntry next = KeyFiles.generate(elsewhere, "worker", Set.of(), Instant.now());
        KeyFiles.publish(rig.keys().ring(), next);
        Command command =
                rig.intake().send(rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}"));
        await().during(Duration.ofSeconds(2))
                .until(() -> rig.tap().outcomes(command.id()).isEmpty());

        // When
        String file = next.kid() + ".pem";
        Files.move(elsewhere.resolve(file), rig.keys().workerSealing().resolve(file));

        // Then
        assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
    }

    @Test
    void A53_permissions_that_the_token_does_not_have_are_not_added_by_the_intake() {
        // Given
        String token = rig.intake().token(DemoSeed.SAM);
        Requester sam = rig.intake().requester(token, Intake.claims(token));
        Requester inflated = new Requester(
                sam.issuer(),
                sam.organization(),
                List.of("read:users", "update:users"),
                sam.roles(),
                sam.application(),
                sam.acr(),
                sam.amr(),
                sam.authenticatedAt(),
                sam.ip(),
                sam.tokenHash(),
                sam.sealedToken());

        // When
        Command command = rig.intake().commandWith(token, "users.update", blocking(DemoSeed.UMA));

        // Then
        assertThat(reasonOf(record(Commands.requester(command, inflated)))).isEqualTo("token.invalid");
    }

    @Test
    void A2_A3_A11_tokens_that_their_issuer_did_not_sign_for_this_audience_are_quarantined() throws Exception {
        // Given
        TokenDraft good = rig.simulator().forge().access(DemoSeed.ADA, DemoSeed.CONSOLE, Rig.AUDIENCE);
        RSAKey attackers = new RSAKeyGenerator(2048).keyID("attackers").generate();
        byte[] publicKey = "the issuer's public key, which is no secret, as one".getBytes(StandardCharsets.US_ASCII);
        List<String> tokens = List.of(
                good.unsigned(),
                good.signedWithHs256(publicKey),
                good.signedBy(attackers),
                good.audience("https://other.example/api").signed(),
                good.issuer("https://other.example/").signed(),
                good.without("exp").signed(),
                good.expiring(Instant.now().minusSeconds(1)).signed(),
                good.claim("nbf", Instant.now().plusSeconds(600).getEpochSecond())
                        .signed(),
                good.type("dpop+jwt").signed());

        // When nothing is wrong with the token, then the command is taken
        Command control = rig.intake()
                .send(rig.intake().commandWith(good.signed(), "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}"));
        assertThat(rig.tap().outcome(control).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        // When only the token differs, then it is not
        for (String token : tokens) {
            assertThat(reasonOf(record(carrying(token)))).isEqualTo("token.invalid");
        }
    }

    @Test
    void a_token_that_is_bound_to_a_key_is_no_bearer_token_and_is_quarantined() {
        // Given: a token for whoever proves to hold a key (RFC 7800), which no command can do.
        TokenDraft good = rig.simulator().forge().access(DemoSeed.ADA, DemoSeed.CONSOLE, Rig.AUDIENCE);
        List<Map<String, String>> bindings = List.of(
                Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"),
                Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"));

        for (Map<String, String> binding : bindings) {
            // When
            String bound = good.claim("cnf", binding).signed();

            // Then
            assertThat(reasonOf(record(carrying(bound)))).isEqualTo("token.invalid");
        }
    }

    /** Ada's command with this token in the place of hers. */
    private static Command carrying(String token) {
        Command command = block();
        return Commands.requester(command, Commands.token(command.requester(), Hashes.tokenHash(token), sealed(token)));
    }

    private static String sealed(String token) {
        return rig.intake()
                .requester(token, Intake.claims(rig.intake().token(DemoSeed.ADA)))
                .sealedToken();
    }

    private static Command block() {
        return rig.intake().command(DemoSeed.ADA, "users.update", blocking(DemoSeed.UMA));
    }

    private static String blocking(String user) {
        return "{\"id\":\"" + user + "\",\"body\":{\"blocked\":true}}";
    }

    private static OutgoingRecord record(Command command) {
        return rig.intake().sign(command);
    }

    private static String reasonOf(OutgoingRecord record) {
        return rig.tap().reason(rig.intake().send(record));
    }
}
