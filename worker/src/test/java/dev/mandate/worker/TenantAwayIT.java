package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.simulator.Simulator;
import dev.mandate.simulator.SimulatorOptions;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.rig.Rig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** One tenant is away, and has more commands than may be open; another one does not notice. */
class TenantAwayIT {

    private static final int MAX_OPEN = 20;
    private static final int FLOOD = 35;

    private Rig rig;
    private Simulator other;
    private ConfigurableApplicationContext worker;

    @BeforeEach
    void start() {
        rig = Rig.start();
        other = Simulator.start(SimulatorOptions.defaults().withSeed(Rig.seed()));
        Map<String, String> properties = new HashMap<>(Map.of(
                "mandate.consumption.max-open",
                String.valueOf(MAX_OPEN),
                "mandate.consumption.max-open-per-partition",
                String.valueOf(MAX_OPEN),
                "mandate.consumption.concurrency",
                "4",
                "mandate.authorization.facts-max-age",
                "5m"));
        String tenant = "mandate.tenants.other.";
        properties.put(tenant + "url", other.url());
        properties.put(tenant + "management-audience", other.managementAudience());
        properties.put(tenant + "issuers[0]", rig.simulator().issuer().toString());
        properties.put(tenant + "credentials[0].client-id", DemoSeed.WORKER);
        properties.put(
                tenant + "credentials[0].client-secret-file",
                rig.directory().resolve("client-secret").toString());
        worker = rig.startWorker("worker-1", properties);
    }

    @AfterEach
    void stop() {
        rig.close();
        other.close();
    }

    @Test
    void commands_for_a_tenant_that_is_away_wait_unstarted_and_others_go_on() {
        // Given
        int away = other.faults()
                .inject(Fault.once(new Effect.ServerError(503))
                        .on("PATCH", "/api/v2/users/*")
                        .always());
        List<Command> flood = IntStream.range(0, FLOOD)
                .mapToObj(i -> rig.intake().send(elsewhere(rename(DemoSeed.crowd(i)))))
                .toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> open() == 1);

        // When
        Command command = rig.intake().send(rename(DemoSeed.UMA));

        // Then
        assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(flood)
                .allSatisfy(one -> assertThat(rig.tap().outcomes(one.id())).isEmpty());
        assertThat(flood.stream().filter(one -> rig.tap().starts(one.id()).isEmpty()))
                .as("what is not even started")
                .hasSizeGreaterThan(FLOOD / 3);

        // When it is back
        other.faults().remove(away);

        // Then nothing is lost
        flood.forEach(
                one -> assertThat(rig.tap().outcome(one, Duration.ofSeconds(60)).status())
                        .isEqualTo(OutcomeStatus.SUCCEEDED));
    }

    private double open() {
        return worker.getBean(MeterRegistry.class)
                .get("mandate.upstream.open")
                .tag("tenant", "other")
                .gauge()
                .value();
    }

    private static Command elsewhere(Command command) {
        return Commands.at(command, "other", command.context().target());
    }

    private Command rename(String user) {
        return rig.intake()
                .command(DemoSeed.ADA, "users.update", "{\"id\":\"" + user + "\",\"body\":{\"nickname\":\"x\"}}");
    }
}
