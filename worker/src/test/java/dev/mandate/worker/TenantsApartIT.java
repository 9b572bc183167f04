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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One tenant is slow, and has many commands; another one does not notice. */
class TenantsApartIT {

    private static final int PLACES = 4;

    private Rig rig;
    private Simulator other;

    @BeforeEach
    void start() {
        rig = Rig.start();
        other = Simulator.start(SimulatorOptions.defaults().withSeed(Rig.seed()));
        Map<String, String> properties = new HashMap<>(Map.of(
                "mandate.consumption.concurrency", String.valueOf(PLACES),
                "mandate.authorization.facts-max-age", "5m",
                "mandate.execution.call-timeout", "30s"));
        String tenant = "mandate.tenants.other.";
        properties.put(tenant + "url", other.url());
        properties.put(tenant + "management-audience", other.managementAudience());
        properties.put(tenant + "issuers[0]", rig.simulator().issuer().toString());
        properties.put(tenant + "credentials[0].client-id", DemoSeed.WORKER);
        properties.put(
                tenant + "credentials[0].client-secret-file",
                rig.directory().resolve("client-secret").toString());
        rig.startWorker("worker-1", properties);
    }

    @AfterEach
    void stop() {
        rig.close();
        other.close();
    }

    @Test
    void A73_a_flood_for_a_tenant_that_is_slow_keeps_no_other_tenant_waiting() {
        // Given more commands for a tenant that does not answer than there are places
        rig.tap().outcome(rig.intake().send(rename(DemoSeed.GUS)));
        int hold = other.faults()
                .inject(Fault.once(new Effect.Hold())
                        .on("PATCH", "/api/v2/users/*")
                        .always());
        List<Command> flood = IntStream.range(0, 10 * PLACES)
                .mapToObj(i -> rig.intake().send(elsewhere(rename(DemoSeed.crowd(i)))))
                .toList();
        await().until(() -> other.journal().managementWrites().size() == PLACES);

        // When
        Command command = rig.intake().send(rename(DemoSeed.UMA));

        // Then
        assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(flood)
                .allSatisfy(one -> assertThat(rig.tap().outcomes(one.id())).isEmpty());
        other.faults().remove(hold);
        flood.forEach(one -> assertThat(rig.tap().outcome(one).status()).isEqualTo(OutcomeStatus.SUCCEEDED));
    }

    private static Command elsewhere(Command command) {
        return Commands.at(command, "other", command.context().target());
    }

    private Command rename(String user) {
        return rig.intake()
                .command(DemoSeed.ADA, "users.update", "{\"id\":\"" + user + "\",\"body\":{\"nickname\":\"x\"}}");
    }
}
