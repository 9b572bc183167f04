package dev.mandate.bench.recovery;

import dev.mandate.bench.stage.Broker;
import dev.mandate.bench.stage.Group;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Records;
import dev.mandate.bench.stage.SettledCommands;
import dev.mandate.bench.stage.SignedCommands;
import dev.mandate.bench.stage.Stage;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A log of commands that have been executed in the course of a day, and of nothing else. It is what workers would have
 * left behind: signed commands, two signed records in the journal for each, and the group's offsets behind the last of
 * them.
 */
final class SettledLog implements AutoCloseable {

    private static final int AT_ONCE = 2_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<String> TOPICS = List.of(Topics.COMMANDS, Topics.RESULTS);

    private final Stage stage;
    private final SignedCommands commands;
    private final SettledCommands settled;
    private final KafkaProducer<byte[], byte[]> producer;
    private long waited;

    private record Sent(SignedCommands.Signed signed, Future<RecordMetadata> place) {}

    SettledLog(Stage stage, Numbers numbers) {
        this.stage = stage;
        this.commands = stage.signedCommands(numbers);
        this.settled = stage.settledCommands();
        this.producer = stage.broker().producer();
    }

    /**
     * Writes so many commands, spread over the last day, into topics that are empty. No worker may run meanwhile, since
     * it would execute them.
     *
     * @param progress is told how many there are
     */
    void write(long number, LongConsumer progress) {
        stage.broker().believeTimes(true, TOPICS);
        var begun = Instant.now().minus(DAY);
        for (long size = 0; size < number; ) {
            int more = (int) Math.min(AT_ONCE, number - size);
            var sent = new ArrayList<Sent>(more);
            for (int i = 0; i < more; i++) {
                var at = begun.plus(DAY.multipliedBy(size + i).dividedBy(number));
                var signed = commands.next(at);
                sent.add(new Sent(
                        signed,
                        producer.send(
                                Records.of(signed.record(), signed.command().issuedAt()))));
            }
            producer.flush();
            var journal = sent.parallelStream().map(this::journal).toList();
            append(journal);
            size += more;
            progress.accept(size);
        }
        stage.broker().believeTimes(false, TOPICS);
        commit();
    }

    private List<ProducerRecord<byte[], byte[]>> journal(Sent sent) {
        var command = sent.signed().command();
        var bind = command.bind();
        var reference = new CommandReference(
                command.id(), sent.signed().record().payloadHash(), bind.topic(), bind.partition(), offset(sent));
        return settled.journal(command, reference).stream()
                .map(record -> Records.of(record, command.issuedAt()))
                .toList();
    }

    /** Commands that nobody has executed, in these partitions. */
    void waiting(int number, Set<Integer> partitions) {
        if (partitions.isEmpty()) {
            throw new IllegalArgumentException("there is no partition to put them in");
        }
        var places = Stream.generate(commands::next)
                .filter(signed -> partitions.contains(signed.command().bind().partition()))
                .limit(number)
                .map(signed -> producer.send(Records.of(signed.record())))
                .toList();
        producer.flush();
        places.forEach(SettledLog::place);
        waited += number;
    }

    /** How many commands have been left to be executed, ever. */
    long waited() {
        return waited;
    }

    private void append(List<List<ProducerRecord<byte[], byte[]>>> journal) {
        var places = journal.stream().flatMap(List::stream).map(producer::send).toList();
        producer.flush();
        places.forEach(SettledLog::place);
    }

    private void commit() {
        try (var admin = Admin.create(stage.broker().administrator())) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (var topic : Topics.COMMAND_TOPICS) {
                for (int partition = 0; partition < Broker.PARTITIONS; partition++) {
                    ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
                }
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            admin.listOffsets(ends)
                    .all()
                    .get()
                    .forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets(Group.NAME, offsets).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker takes no offsets", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Where a command stands, at the time that it names. */
    private static long offset(Sent sent) {
        var place = place(sent.place());
        if (place.timestamp() != sent.signed().command().issuedAt().toEpochMilli()) {
            throw new IllegalStateException("the broker does not believe yet when records say they were appended");
        }
        return place.offset();
    }

    private static RecordMetadata place(Future<RecordMetadata> place) {
        try {
            return place.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker takes no record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
