package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Secret;
import dev.mandate.simulator.seed.Seed;
import dev.mandate.simulator.seed.SeedClient;
import dev.mandate.worker.rig.Rig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands of applications (client-credentials tokens), which have no account and are judged by their client grant. */
class ApplicationsIT {

    private static final String JOB = "nightly-job";
    private static final String CLIENT_GRANTS = "/api/v2/client-grants";
    private static final Map<String, String> TAKEN = Map.of(
            "mandate.tenants." + Rig.TENANT + ".applications", "true", "mandate.authorization.facts-max-age", "0s");

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void applications_are_refused_unless_the_tenant_takes_them_and_nothing_is_looked_up() {
        // Given
        granted("update:users");
        rig.startWorker();

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(blocking()));

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.DENIED);
        assertThat(code(outcome)).isEqualTo("policy.application");
        assertThat(requests()).noneMatch(request -> request.path().startsWith("/api/v2/"));
    }

    @Test
    void where_the_tenant_takes_them_an_application_may_do_what_its_client_grant_covers() {
        // Given
        granted("read:users", "update:users");
        rig.startWorker("worker-1", TAKEN);

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(blocking()));

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        RequesterFacts facts =
                outcome.authorization().orElseThrow().facts().orElseThrow().requester();
        assertThat(facts.application()).isTrue();
        assertThat(facts.permissions()).containsExactly("update:users");
        assertThat(requests()).anyMatch(request -> request.path().equals(CLIENT_GRANTS));
    }

    @Test
    void A54_what_was_taken_out_of_its_client_grant_counts_no_more_though_its_token_still_says_so() {
        // Given
        granted("read:users");
        rig.startWorker("worker-1", TAKEN);

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(blocking()));

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.DENIED);
        assertThat(code(outcome)).isEqualTo("policy.permission_missing");
        assertThat(rig.simulator().journal().managementWrites()).isEmpty();
    }

    @Test
    void where_the_worker_may_not_read_client_grants_nothing_is_done() {
        // Given
        rig.simulator().tenant().load(Rig.seed().withClient(job("update:users")));
        rig.startWorker("worker-1", TAKEN);

        // When
        Outcome outcome = rig.tap().outcome(rig.intake().send(blocking()));

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(code(outcome)).isEqualTo("upstream.token_refused");
        assertThat(rig.simulator().journal().managementWrites()).isEmpty();
    }

    /** The application has this client grant, and the worker may read it. */
    private void granted(String... scopes) {
        Seed seed = Rig.seed()
                .withClient(job(scopes))
                .withClient(SeedClient.machine(
                        DemoSeed.WORKER,
                        new Secret(Rig.CLIENT_SECRET),
                        List.of("read:users", "update:users", "read:client_grants")));
        rig.simulator().tenant().load(seed);
    }

    private static SeedClient job(String... scopes) {
        return SeedClient.machine(JOB, new Secret(JOB), List.of()).withGrant(Rig.AUDIENCE, scopes);
    }

    private Command blocking() {
        String token = rig.simulator()
                .forge()
                .application(JOB, Rig.AUDIENCE, "update:users")
                .signed();
        return rig.intake()
                .commandWith(token, "users.update", "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"blocked\":true}}");
    }

    private List<SeenRequest> requests() {
        return rig.simulator().journal().all();
    }

    private static String code(Outcome outcome) {
        return outcome.error().map(OutcomeError::code).orElse("");
    }
}
