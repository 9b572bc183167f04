package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.tokens.TokenPolicy;
import dev.mandate.worker.rig.Rig;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant that gives its whole grant whatever was asked for, and what the worker makes of it. */
class LeastScopeIT {

    private static final String WIDER = "mandate.tenants." + Rig.TENANT + ".wider-scope";

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start(
                options -> options.withPolicy(TokenPolicy.defaults().withNarrowing(TokenPolicy.Narrowing.WHOLE_GRANT)));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_wider_token_is_used_with_a_warning_by_default_and_the_outcome_shows_it() {
        rig.startWorker();

        Outcome outcome = rig.tap().outcome(rig.intake().send(read()));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.upstream().orElseThrow().scopes()).containsExactly("read:users");
        assertThat(outcome.upstream().orElseThrow().wider()).contains("delete:users");
    }

    @Test
    void a_wider_token_is_not_used_where_that_is_refused() {
        rig.startWorker("worker-1", Map.of(WIDER, "refused"));

        Outcome outcome = rig.tap().outcome(rig.intake().send(read()));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(outcome.error().map(OutcomeError::code)).contains("credential.wider_scope");
        assertThat(rig.simulator().journal().all())
                .noneMatch(request -> request.path().startsWith("/api/v2/"));
    }

    private Command read() {
        return rig.intake().command(DemoSeed.SAM, "users.get", "{\"id\":\"" + DemoSeed.UMA + "\"}");
    }
}
