package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Two processes under one name, such as a worker that was given up for dead and its replacement. */
class FencingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A process has to start first. */
    private static final Duration START = Duration.ofSeconds(90);

    private static final Map<String, String> USUAL = Map.of("mandate.authorization.facts-max-age", "30s");

    /** So that a call is still under way when the second process has come up, on a machine that is busy, too. */
    private static final Map<String, String> SLOW_CALLS =
            Map.of("mandate.authorization.facts-max-age", "30s", "mandate.execution.call-timeout", "15s");

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
    void the_second_process_fences_the_first_which_appends_nothing_more_ends_and_says_that_it_is_broken() {
        // Given a first process with a call on its way
        ConfigurableApplicationContext first = rig.startWorker("worker-1", SLOW_CALLS);
        String firstName =
                rig.tap().outcome(rig.intake().send(rename(DemoSeed.GUS, 0))).worker();
        int hold = rig.simulator()
                .faults()
                .inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/" + encoded(DemoSeed.UMA)));
        Command held = rig.intake().send(rename(DemoSeed.UMA, 0));
        rig.tap().started(held);
        await().until(() -> writes(held) == 1);

        // When a second one starts under its name, and the call of the first ends
        ConfigurableApplicationContext second = rig.startWorker("worker-1", SLOW_CALLS);
        await().atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(loop(second).getDetails().get("joined")));
        rig.simulator().faults().remove(hold);
        List<Command> later = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            later.add(rig.intake().send(rename(DemoSeed.crowd(i), i)));
        }

        // Then the first says so and stops
        await().atMost(PATIENCE).until(() -> liveness(first) == LivenessState.BROKEN);
        assertThat(loop(first).getDetails()).containsEntry("failure", "ProducerFencedException");
        assertThat(first.getBean(ApplicationAvailability.class).getReadinessState())
                .isEqualTo(ReadinessState.REFUSING_TRAFFIC);

        // And the second does what is left, once
        for (Command command : later) {
            Outcome outcome = rig.tap().outcome(command, PATIENCE);
            assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
            assertThat(outcome.worker()).isNotEqualTo(firstName);
            assertThat(rig.tap().events(command.id())).hasSize(2);
            assertThat(writes(command)).isEqualTo(1);
        }

        // And what the first had begun is begun anew, visibly, with one outcome
        Outcome anew = rig.tap().outcome(held, PATIENCE);
        assertThat(anew.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(anew.attempt()).isEqualTo(2);
        assertThat(anew.worker()).isNotEqualTo(firstName);
        assertThat(rig.tap().outcomes(held.id())).hasSize(1);

        // And the second is well
        assertThat(liveness(second)).isEqualTo(LivenessState.CORRECT);
        await().atMost(PATIENCE).until(() -> loop(second).getStatus().equals(Status.UP));
        assertThat(rig.tap().mistrusted()).isEmpty();
    }

    @Test
    void of_two_under_one_name_one_ends_with_a_status_that_is_taken_for_a_failure() throws Exception {
        // Given a process that works
        List<Process> both = new ArrayList<>();
        both.add(rig.startProcess("worker-1", USUAL));
        try {
            rig.tap().outcome(rig.intake().send(rename(DemoSeed.GUS, 0)), START);

            // When another one takes its name
            both.add(rig.startProcess("worker-1", USUAL));

            // Then one ends: the earlier one, unless it takes the name back
            await().atMost(START).pollInterval(Duration.ofMillis(500)).until(() -> {
                rig.intake().send(rename(DemoSeed.UMA, 0));
                return both.stream().filter(Process::isAlive).count() < 2;
            });
            assertThat(both)
                    .filteredOn(process -> !process.isAlive())
                    .extracting(Process::exitValue)
                    .containsExactly(1);
        } finally {
            both.forEach(Process::destroyForcibly);
        }
    }

    private long writes(Command command) {
        return rig.simulator().journal().managementWrites().stream()
                .filter(write ->
                        write.correlationId().equals(Optional.of(command.id().value())))
                .count();
    }

    private static LivenessState liveness(ConfigurableApplicationContext worker) {
        return worker.getBean(ApplicationAvailability.class).getLivenessState();
    }

    private static Health loop(ConfigurableApplicationContext worker) {
        return worker.getBean("loopHealthIndicator", HealthIndicator.class).health();
    }

    private Command rename(String user, int number) {
        return rig.intake()
                .command(
                        DemoSeed.ADA,
                        "users.update",
                        "{\"id\":\"" + user + "\",\"body\":{\"nickname\":\"n" + number + "\"}}");
    }

    private static String encoded(String user) {
        return user.replace("|", "%7C");
    }
}
