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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        IntStream.range(0, 9)
                .mapToObj(number -> change("auth0|user" + number))
                .forEach(job -> enter("another", job, job.position().offset() % 2 == 0));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_command_of_the_bulk_lane_that_the_help_desk_waits_for_goes_before_the_others(boolean paying) {
        enter("uma's", change(UMA), paying);
        jobs.next(home, block(UMA));

        workshop.turn();

        assertThat(order).startsWith("uma's");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void one_that_is_hurried_before_it_asks_for_a_place_asks_in_the_interactive_lane(boolean paying) {
        Job change = change(UMA);
        jobs.next(home, block(UMA));
        enter("uma's", change, paying);

        workshop.turn();

        assertThat(order).startsWith("uma's");
    }

    @Test
    void a_command_for_another_target_hurries_nobody() {
        enter("uma's", change(UMA), true);
        jobs.next(home, block("auth0|somebody-else"));

        workshop.turn();

        assertThat(order)
                .as("without the last quarter of the places")
                .hasSize(3)
                .containsOnly("another");
    }

    private Job change(String user) {
        Job job = jobs.next(home, Commands.bulk(block(user)));
        job.verified(Jobs.request(job.received()));
        return job;
    }

    private void enter(String name, Job job, boolean paying) {
        Consumer<Places.Place> then = place -> order.add(name);
        if (paying) {
            workshop.enterPaying(job, then);
        } else {
            workshop.enter(job, then);
        }
    }

    private Command block(String user) {
        return TestCommands.blockUser(user, TestCommands.requester("https://people.example/", List.of()), clock);
    }
}
