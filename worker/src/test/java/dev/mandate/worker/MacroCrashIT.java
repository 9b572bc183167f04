package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker that goes away in the middle of a macro, and what the next one makes of it. */
class MacroCrashIT {

    /** Nothing is waited for, so what runs is cut off as if the process had died. */
    private static final Map<String, String> ABRUPT =
            Map.of("mandate.consumption.drain", "0s", "mandate.execution.call-timeout", "5s");

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PATCH; /api/v2/users/*; 0/1 0/2 1/1 2/1; PATCH PATCH sessions refresh-tokens",
                "DELETE; /api/v2/users/*/sessions; 0/1 1/1 1/2 2/1; PATCH sessions sessions refresh-tokens",
                "DELETE; /api/v2/users/*/refresh-tokens; 0/1 1/1 2/1 2/2; PATCH sessions refresh-tokens refresh-tokens"
            })
    void only_the_step_that_was_under_way_is_done_again(String method, String path, String starts, String calls) {
        // Given
        ConfigurableApplicationContext first = rig.startWorker("worker-1", ABRUPT);
        int hold = rig.simulator().faults().inject(Fault.once(new Effect.Hold()).on(method, path));
        Command command = rig.intake()
                .send(rig.intake().command(DemoSeed.ADA, "users.block", "{\"id\":\"" + DemoSeed.UMA + "\"}"));
        await().until(() -> held().isPresent());

        // When
        rig.stopWorker(first);
        assertThat(rig.tap().outcomes(command.id())).isEmpty();
        rig.simulator().faults().remove(hold);
        await().until(() -> held().orElseThrow().status().isPresent());
        rig.startWorker("worker-1", ABRUPT);
        Outcome outcome = rig.tap().outcome(command);

        // Then
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.ACCEPTED_UPSTREAM);
        List<Started> started = rig.tap().starts(command.id());
        assertThat(started.stream().map(one -> one.step().orElseThrow().index() + "/" + one.attempt()))
                .containsExactly(starts.split(" "));
        assertThat(rig.simulator().journal().managementWrites().stream().map(MacroCrashIT::call))
                .containsExactly(calls.split(" "));
        List<StepOutcome> lines = outcome.steps().orElseThrow();
        assertThat(lines).allMatch(line -> line.status().isDone());
        // What the first worker was answered is not lost with it.
        assertThat(lines.subList(0, 2))
                .isEqualTo(started.getLast().step().orElseThrow().before());
        assertThat(lines.getFirst().result()).isPresent();
        assertThat(rig.tap().outcomes(command.id())).hasSize(1);
    }

    private Optional<SeenRequest> held() {
        return rig.simulator().journal().all().stream()
                .filter(request -> request.faults().toString().contains("Hold"))
                .findFirst();
    }

    private static String call(SeenRequest request) {
        return request.method().equals("PATCH")
                ? "PATCH"
                : request.path().substring(request.path().lastIndexOf('/') + 1);
    }
}
