package dev.mandate.bench.worker;

import static dev.mandate.bench.worker.Opponent.Store.KAFKA;
import static dev.mandate.bench.worker.Opponent.Store.POSTGRESQL;

import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Records;
import dev.mandate.bench.stage.Results;
import dev.mandate.bench.stage.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Who is measured, and how each is given the same work: one call to the upstream for each order, and a result. */
final class Opponents {

    /** The key of Mandate as it is. */
    static final String MANDATE = "mandate";

    /** As many at once as Mandate's worker does by default, where an opponent can be told. */
    private static final int CONCURRENCY = 128;

    /** So few that four workers whose upstream is slow do not use up the machine. */
    static final int FEW = 64;

    private static final Map<String, String> BY_DEFAULT = Map.of();
    private static final Map<String, String> FEW_AT_ONCE =
            Map.of("mandate.consumption.concurrency", String.valueOf(FEW));

    /** Who can be told to wait at all without waiting for minutes. */
    private static final Set<String> LIMITED = Set.of("listener", "retryable", "parallel");

    private static final String PACKAGE = "dev.mandate.bench.";

    private final Numbers numbers;

    Opponents(Numbers numbers) {
        this.numbers = numbers;
    }

    /** All of them, Mandate first. */
    List<Opponent> all() {
        return List.of(
                new Opponent(MANDATE, "Mandate", KAFKA, stage -> mandate(stage, stage.startWorker(BY_DEFAULT))),
                new Opponent(
                        "mandate-fresh",
                        "Mandate, asking anew who may, each time",
                        KAFKA,
                        stage -> mandate(stage, stage.startWorker(factsMaxAge(Duration.ZERO)))),
                new Opponent(
                        "mandate-unannounced",
                        "Mandate, journaling outcomes only",
                        KAFKA,
                        stage -> mandate(stage, stage.startWorkerWithout("STARTS"))),
                new Opponent("loop", "raw loop, one thread", KAFKA, onKafka("peer", "loop.RawLoop")),
                // What it was given nobody else has executed: a worker of Mandate's that came after it would.
                new Opponent("loop-signed", "raw loop, verifying and signing", KAFKA, this::signedLoop),
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

    /** Those who are given an upstream with a limit, Mandate in three ways first. */
    List<Opponent> underALimit() {
        return Stream.concat(
                        Stream.of(
                                new Opponent(
                                        "mandate-1", "Mandate, one worker", KAFKA, stage -> crew(stage, 1, BY_DEFAULT)),
                                new Opponent(
                                        "mandate-3",
                                        "Mandate, three workers",
                                        KAFKA,
                                        stage -> crew(stage, 3, BY_DEFAULT)),
                                new Opponent(
                                        "mandate-3-one-partition",
                                        "Mandate, three workers, all in one partition",
                                        KAFKA,
                                        this::crewWithOnePartition)),
                        all().stream().filter(opponent -> LIMITED.contains(opponent.key())))
                .toList();
    }

    /** Mandate with more and more workers. */
    List<Opponent> growing() {
        return List.of(
                new Opponent("mandate-1", "one worker", KAFKA, stage -> crew(stage, 1, FEW_AT_ONCE)),
                new Opponent("mandate-2", "two workers", KAFKA, stage -> crew(stage, 2, FEW_AT_ONCE)),
                new Opponent("mandate-4", "four workers", KAFKA, stage -> crew(stage, 4, FEW_AT_ONCE)));
    }

    private Contender crew(Stage stage, int workers, Map<String, String> settings) {
        return signed(stage, workers(stage, workers, settings), numbers, Results.outcomes(stage.broker()));
    }

    private Contender crewWithOnePartition(Stage stage) {
        var few = stage.signedCommands(numbers).inThePartitionOf(0);
        return signed(stage, workers(stage, 3, BY_DEFAULT), numbers.among(few), Results.outcomes(stage.broker()));
    }

    private static List<Child> workers(Stage stage, int number, Map<String, String> settings) {
        return IntStream.range(0, number)
                .mapToObj(_ -> stage.startWorker(settings))
                .toList();
    }

    private static Map<String, String> factsMaxAge(Duration age) {
        return Map.of("mandate.authorization.facts-max-age", age.toMillis() + "ms");
    }

    private Contender mandate(Stage stage, Child worker) {
        return signed(stage, List.of(worker), numbers, Results.outcomes(stage.broker()));
    }

    private Contender signedLoop(Stage stage) {
        var loop = stage.startSignedLoop();
        return signed(stage, List.of(loop.process()), numbers, Results.outcomes(stage.broker(), loop.results()));
    }

    private static Contender signed(Stage stage, List<Child> processes, Numbers numbers, Results results) {
        var commands = stage.signedCommands(numbers);
        return new KafkaContender(
                stage.broker(),
                processes,
                () -> processes.forEach(stage::end),
                results,
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
                    stage.broker(),
                    List.of(peer.process()),
                    () -> stage.end(peer.process()),
                    results,
                    plain(peer.orders()));
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
