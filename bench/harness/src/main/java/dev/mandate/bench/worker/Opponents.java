package dev.mandate.bench.worker;

import static dev.mandate.bench.worker.Opponent.Store.KAFKA;
import static dev.mandate.bench.worker.Opponent.Store.POSTGRESQL;

import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Records;
import dev.mandate.bench.stage.Results;
import dev.mandate.bench.stage.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Who is measured, and how each is given the same work: one call to the upstream for each order, and a result. */
final class Opponents {

    /** As many at once as Mandate's worker does by default, where an opponent can be told. */
    private static final int CONCURRENCY = 64;

    private static final String PACKAGE = "dev.mandate.bench.";

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
        return new KafkaContender(
                stage.broker(),
                worker,
                () -> stage.end(worker),
                Results.outcomes(stage.broker()),
                () -> Records.of(commands.next().record()));
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
            var results = Results.of(stage.broker(), peer.results());
            return new KafkaContender(
                    stage.broker(), peer.process(), () -> stage.end(peer.process()), results, plain(peer.orders()));
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
