package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Command;
import dev.mandate.worker.rig.Commands;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetQueueTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String UMA = "auth0|uma";

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock(NOW);
    private final OwnedPartition home = Jobs.home(new JournalIndex(), NOW);
    private final Workshop workshop = new Workshop(Map.of(TestCommands.TENANT, Places.FREE), 4, clock, () -> {});
    private final List<String> order = new ArrayList<>();
    private Jobs jobs;

    @BeforeEach
    void a_mass_change_of_which_everything_waits_for_a_place() {
        jobs = new Jobs(directory, clock);
        IntStream.range(0, 9).forEach(number -> enter("another", "auth0|user" + number));
        enter("uma's", UMA);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void a_command_of_the_bulk_lane_that_the_help_desk_waits_for_goes_before_the_others() {
        jobs.next(home, block(UMA));

        workshop.turn();

        assertThat(order).startsWith("uma's");
    }

    @Test
    void a_command_for_another_target_hurries_nobody() {
        jobs.next(home, block("auth0|somebody-else"));

        workshop.turn();

        assertThat(order).isNotEmpty().containsOnly("another");
    }

    private void enter(String name, String user) {
        workshop.enter(jobs.next(home, Commands.bulk(block(user))), place -> order.add(name));
    }

    private Command block(String user) {
        return TestCommands.blockUser(user, TestCommands.requester("https://people.example/", List.of()), clock);
    }
}
