package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.settings.ConsumptionSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lane is full; by Kafka's own stand-in of a consumer. */
class FlowControlTest {

    private static final int OF_ONE = 4;
    private static final int OF_ALL = 6;

    @TempDir
    private Path directory;

    private final Clock clock = Clock.systemUTC();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final FlowControl flow = flow(1);
    private final OwnedPartition home = Jobs.home(new JournalIndex(), clock.instant());
    private final TopicPartition interactive = new TopicPartition(Topics.COMMANDS, home.number());
    private final TopicPartition bulk = new TopicPartition(Topics.COMMANDS_BULK, home.number());
    private final List<Job> open = new ArrayList<>();
    private Jobs log;

    @BeforeEach
    void both_lanes_are_read() {
        log = new Jobs(directory, clock);
        consumer.assign(home.topicPartitions());
    }

    @Test
    void a_lane_that_is_full_does_not_stop_the_other_one_of_its_partition() {
        fill(OF_ONE);

        assertThat(adjusted(home)).containsExactly(interactive);
    }

    @Test
    void a_lane_is_read_again_when_half_of_it_is_settled() {
        fill(OF_ONE);
        adjusted(home);

        home.settled(open.removeLast().position());
        assertThat(adjusted(home)).containsExactly(interactive);

        home.settled(open.removeLast().position());
        home.settled(open.removeLast().position());
        assertThat(adjusted(home)).isEmpty();
    }

    @Test
    void a_partition_that_is_not_open_is_not_read_at_all() {
        home.leaving();

        assertThat(adjusted(home)).containsExactlyInAnyOrder(interactive, bulk);
    }

    @Test
    void where_there_are_several_tenants_one_that_piles_up_does_not_stop_the_others() {
        var many = flow(4);

        fill(2 * OF_ONE);
        many.adjust(List.of(home));
        assertThat(consumer.paused()).isEmpty();

        // When others pile up as well
        fill("two", 1);
        fill("three", 1);
        fill("four", 1);
        many.adjust(List.of(home));
        assertThat(consumer.paused()).containsExactly(interactive);
    }

    @Test
    void what_is_held_for_one_tenant_is_bounded_all_the_same() {
        var many = flow(4);

        fill(4 * OF_ONE);
        many.adjust(List.of(home));

        assertThat(consumer.paused()).containsExactly(interactive);
    }

    @Test
    void what_can_not_be_read_as_a_command_counts_until_it_is_settled() {
        for (int offset = 0; offset < OF_ONE; offset++) {
            home.tracker(Topics.COMMANDS).read(offset, clock.instant());
        }
        assertThat(adjusted(home)).containsExactly(interactive);

        home.settled(new LogRecord.Position(Topics.COMMANDS, home.number(), 0));
        home.settled(new LogRecord.Position(Topics.COMMANDS, home.number(), 1));
        home.settled(new LogRecord.Position(Topics.COMMANDS, home.number(), 2));
        assertThat(adjusted(home)).isEmpty();
    }

    private FlowControl flow(int tenants) {
        return new FlowControl(
                consumer,
                new ConsumptionSettings(OF_ALL, OF_ONE, 64, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ZERO),
                tenants);
    }

    private Set<TopicPartition> adjusted(OwnedPartition... homes) {
        flow.adjust(List.of(homes));
        return consumer.paused();
    }

    private void fill(int jobs) {
        fill(TestCommands.TENANT, jobs);
    }

    private void fill(String tenant, int jobs) {
        for (int i = 0; i < jobs; i++) {
            Command command = TestCommands.blockUser(
                    "auth0|uma", TestCommands.requester("https://people.example/", List.of()), clock);
            open.add(log.next(
                    home, Commands.at(command, tenant, command.context().target())));
        }
        assertThat(open).allSatisfy(job -> assertThat(job.position().topic()).isEqualTo(Topics.COMMANDS));
    }
}
