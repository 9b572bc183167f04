package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Giving partitions back when the broker says nothing, or says no; by Kafka's own stand-ins of its clients. */
class AssignmentTest {

    private static final Duration NO_TIME = Duration.ofMillis(200);

    private final Clock clock = Clock.systemUTC();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Workshop workshop = new Workshop(Map.of(), 4, clock, () -> {});
    private final Ledger ledger = new Ledger(new Appender(() -> producer, clock));
    private final List<Collection<Integer>> readBack = new ArrayList<>();
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final List<String> committed = new ArrayList<>();
    private final Assignment assignment = new Assignment(
            consumer,
            ledger,
            workshop,
            numbers -> {
                readBack.add(List.copyOf(numbers));
                Map<Integer, Recovery.Recovered> result = new HashMap<>();
                numbers.forEach(number -> result.put(
                        number,
                        new Recovery.Recovered(
                                new JournalIndex(),
                                Map.of(Topics.COMMANDS, 0L, Topics.COMMANDS_BULK, 0L),
                                6,
                                new Span(0, 3))));
                return result;
            },
            new History(
                    (number, span, unwanted) -> {
                        heard.add(number);
                        return new Hearsay();
                    },
                    workshop),
            home -> {},
            NO_TIME,
            clock);

    @BeforeEach
    void two_partitions_are_ours_and_there_is_something_to_say_about_each() {
        consumer.assign(partitions(0, 1));
        assignment.onPartitionsAssigned(partitions(0, 1));
        await().until(() -> {
            workshop.turn();
            return assignment.open(0).isPresent() && assignment.open(1).isPresent();
        });
        readBack.clear();
        ledger.open();
        add(0);
        add(1);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void what_was_said_long_ago_of_what_is_taken_over_is_heard_of() {
        await().until(() -> {
            workshop.turn();
            return heard.containsAll(List.of(0, 1));
        });
    }

    @Test
    void what_may_have_been_committed_while_partitions_were_given_back_is_not_appended_again_but_read_back() {
        // Given
        producer.commitTransactionException = new TimeoutException("no answer");

        // When
        assignment.onPartitionsRevoked(partitions(0));

        // Then
        assertThat(ledger.isEmpty())
                .as("nothing is left to append a second time")
                .isTrue();
        assertThat(assignment.open(1)).isEmpty();
        await().until(() -> readBack.size() == 1);
        assertThat(readBack.getFirst()).containsExactly(1);
        assertThat(committed).isEmpty();
    }

    @Test
    void who_is_fenced_while_giving_back_lets_go_all_the_same_and_says_so() {
        // Given
        producer.fenceProducer();

        // When, then
        assertThatThrownBy(() -> assignment.onPartitionsRevoked(partitions(0)))
                .isInstanceOf(ProducerFencedException.class);
        assertThat(assignment.owned()).extracting(OwnedPartition::number).containsExactly(1);
        assertThat(assignment.failure()).containsInstanceOf(ProducerFencedException.class);
    }

    @Test
    void a_number_whose_lanes_are_with_two_workers_is_worked_on_by_neither() {
        // When one lane of a third number comes, and one lane of the first goes
        var third = new TopicPartition(Topics.COMMANDS, 2);
        consumer.assign(List.of(third));
        assignment.onPartitionsAssigned(List.of(third));
        assignment.onPartitionsRevoked(List.of(new TopicPartition(Topics.COMMANDS_BULK, 0)));

        // Then
        assertThat(assignment.owned()).extracting(OwnedPartition::number).containsExactly(1);
    }

    private void add(int number) {
        ledger.add(new Ledger.Entry(
                assignment.open(number).orElseThrow(),
                () -> new ProducerRecord<>(Topics.RESULTS, number, new byte[0], new byte[] {1}),
                null,
                () -> committed.add("committed")));
    }

    private static List<TopicPartition> partitions(int... numbers) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int number : numbers) {
            Topics.COMMAND_TOPICS.forEach(topic -> partitions.add(new TopicPartition(topic, number)));
        }
        return partitions;
    }
}
