package dev.mandate.bench.worker;

import static dev.mandate.bench.worker.Opponent.Store.KAFKA;
import static dev.mandate.bench.worker.Opponent.Store.POSTGRESQL;

import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Stage;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Who is measured, and how each is given the same work: one call to the upstream for each order, and a result. */
final class Opponents {

    /** As many at once as Mandate's worker does by default, where an opponent can be told. */
    private static final int CONCURRENCY = 64;

    private static final String PACKAGE = "dev.mandate.bench.";
    private static final String OUTCOME = "outcome/v1";

    private final Numbers numbers;

    Opponents(Numbers numbers) {
        this.numbers = numbers;
    }

    /** All of them, Mandate first. */
    List<Opponent> all() {
        return List.of(
                new Opponent("mandate", "Mandate", KAFKA, stage -> mandate(stage, Map.of())),
                new Opponent(
                        "mandate-fresh",
                        "Mandate, asking anew who may, each time",
                        KAFKA,
                        stage -> mandate(stage, factsMaxAge(Duration.ZERO))),
                new Opponent("loop", "raw loop, one thread", KAFKA, onKafka("peer", "loop.RawLoop")),
                new Opponent("listener", "@KafkaListener", KAFKA, onKafka("listener", "listener.PlainListener")),
                new Opponent("retryable", "@RetryableTopic", KAFKA, onKafka("listener", "listener.RetryableListener")),
                new Opponent(
                        "parallel",
                        "Parallel Consumer, by key",
                        KAFKA,
                        onKafka("parallel", "parallel.ParallelConsumer")),
                new Opponent(
                        "db-scheduler",
                        "db-scheduler",
                        POSTGRESQL,
                        onDatabase("dbscheduler", "dbscheduler.DbScheduler")),
                new Opponent("jobrunr", "JobRunr", POSTGRESQL, onDatabase("jobrunr", "jobrunr.JobRunr")));
    }

    private static Map<String, String> factsMaxAge(Duration age) {
        return Map.of("mandate.authorization.facts-max-age", age.toMillis() + "ms");
    }

    private Contender mandate(Stage stage, Map<String, String> more) {
        var commands = stage.signedCommands(numbers);
        var worker = stage.startWorker(more);
        var results = new Results(stage.broker(), Topics.RESULTS, Opponents::isOutcome);
        return new KafkaContender(stage.broker(), worker, () -> stage.end(worker), results, signed(commands::next));
    }

    private Function<Stage, Contender> onDatabase(String module, String main) {
        return stage -> {
            var database = stage.startDatabase();
            var peer = stage.startPeer(module, PACKAGE + main, CONCURRENCY, database);
            return new DatabaseContender(
                    peer,
                    () -> {
                        stage.end(peer);
                        stage.end(database);
                    },
                    database,
                    this::plain);
        };
    }

    private Function<Stage, Contender> onKafka(String module, String main) {
        return stage -> {
            var peer = stage.startPeer(module, PACKAGE + main, CONCURRENCY);
            var results = new Results(stage.broker(), peer.results(), _ -> true);
            return new KafkaContender(
                    stage.broker(), peer.process(), () -> stage.end(peer.process()), results, plain(peer.orders()));
        };
    }

    private static Supplier<ProducerRecord<byte[], byte[]>> signed(Supplier<OutgoingRecord> commands) {
        return () -> {
            var command = commands.get();
            return new ProducerRecord<>(
                    command.bind().topic(),
                    command.bind().partition(),
                    bytes(command.bind().key()),
                    command.value(),
                    command.headers().stream()
                            .<Header>map(header -> new RecordHeader(header.name(), header.value()))
                            .toList());
        };
    }

    private Supplier<ProducerRecord<byte[], byte[]>> plain(String topic) {
        return () -> {
            var order = numbers.next();
            return new ProducerRecord<>(topic, bytes(order.user()), bytes(json(order)));
        };
    }

    private String plain() {
        return json(numbers.next());
    }

    private static String json(Numbers.Numbered order) {
        return "{\"id\":\"%d\",\"user\":\"%s\",\"body\":%s}".formatted(order.number(), order.user(), order.body());
    }

    private static boolean isOutcome(ConsumerRecord<byte[], byte[]> record) {
        var type = record.headers().lastHeader("ce_type");
        return type != null && new String(type.value(), StandardCharsets.UTF_8).endsWith(OUTCOME);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
