package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.WorkerApplication;
import dev.mandate.worker.rig.Rig;
import dev.mandate.worker.rig.Withdrawals;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A worker that takes partitions over while it has not read yet what was called off. */
class CatchUpIT {

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
    void nothing_is_begun_before_everything_is_read_that_was_called_off_by_then() {
        // Given
        Command command = rig.intake()
                .send(rig.intake()
                        .command(
                                DemoSeed.ADA,
                                "users.update",
                                "{\"id\":\"" + DemoSeed.UMA + "\",\"body\":{\"name\":\"Called off\"}}"));
        rig.intake().send(new Withdrawals(rig).command(rig.intake().token(DemoSeed.ADA), command));
        String[] arguments = rig.properties("worker-1").entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);

        // When
        try (var _ = SpringApplication.run(new Class<?>[] {WorkerApplication.class, SlowFollower.class}, arguments)) {

            // Then
            assertThat(rig.tap().outcome(command).status()).isEqualTo(OutcomeStatus.CANCELLED);
            assertThat(rig.tap().starts(command.id())).isEmpty();
        }
    }

    /** Holds up whoever follows the control topic, for longer than it takes to do a command. */
    static class SlowFollower {

        private static final int SECONDS = 5;

        @Bean
        @Primary
        Clock slowClock() {
            return new Clock() {

                private final Clock system = Clock.systemUTC();
                private final CountDownLatch held = new CountDownLatch(1);

                @Override
                public Instant instant() {
                    if (Thread.currentThread().getName().equals("cancellations") && held.getCount() > 0) {
                        hold();
                    }
                    return system.instant();
                }

                private void hold() {
                    try {
                        if (!held.await(SECONDS, TimeUnit.SECONDS)) {
                            held.countDown();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public ZoneId getZone() {
                    return system.getZone();
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return system.withZone(zone);
                }
            };
        }
    }
}
