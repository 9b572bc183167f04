package dev.mandate.api.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.ProducerFactory;

/** Many commands on their way to a producer that is told when to acknowledge. */
class PipelineTest {

    private static final int SIZE = 1024 * 1024;
    private static final int MANY = 5000;

    @TempDir
    Path directory;

    private TestKeys keys;
    private MockProducer<byte[], byte[]> producer;
    private UncertainSends uncertain;
    private Pipeline pipeline;

    @BeforeEach
    void setUp() {
        keys = TestKeys.in(directory, Clock.systemUTC());
        producer = new MockProducer<>(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        ProducerFactory<byte[], byte[]> factory = new ProducerFactory<>() {
            @Override
            public Producer<byte[], byte[]> createProducer() {
                return producer;
            }
        };
        var broker = new Broker(factory, Duration.ZERO, Duration.ofSeconds(1));
        var open = new OpenNumbers();
        uncertain = new UncertainSends(
                new ControlStatements(broker, keys.intakeSigner(), Clock.systemUTC(), TestCommands.ISSUER), open);
        var chain = new CommandChain(keys.intakeSigner(), "intake-1/1", open);
        pipeline = new Pipeline(new Dispatcher(chain, broker, uncertain), SIZE);
    }

    @AfterEach
    void tearDown() {
        uncertain.close();
    }

    @Test
    void no_more_is_on_the_way_than_there_is_room_for_however_long_the_broker_is_silent() throws Exception {
        // Given
        var sent = new ConcurrentLinkedQueue<CompletableFuture<Dispatched>>();
        Thread sender = Thread.ofVirtual().start(() -> send(MANY, sent));

        // When
        await().until(() -> sender.getState() == Thread.State.WAITING && !sent.isEmpty());
        int stuck = sent.size();

        // Then
        assertThat(pipeline.inFlight()).isLessThanOrEqualTo(SIZE);
        assertThat(stuck).isLessThan(MANY);
        assertThat(sent).noneMatch(CompletableFuture::isDone);

        // When
        int most = 0;
        while (sender.isAlive() || sent.stream().anyMatch(command -> !command.isDone())) {
            producer.completeNext();
            most = Math.max(most, pipeline.inFlight());
        }

        // Then
        assertThat(sent).hasSize(MANY).allMatch(command -> !command.isCompletedExceptionally());
        assertThat(most).isLessThanOrEqualTo(SIZE);
        assertThat(pipeline.inFlight()).isZero();
    }

    @Test
    void what_is_not_acknowledged_is_not_promised_is_declared_and_takes_no_room() throws Exception {
        // Given
        CompletableFuture<Dispatched> sent = pipeline.send(draft());

        // When
        producer.errorNext(new TimeoutException("away"));

        // Then
        var failure = catchThrowableOfType(CompletionException.class, sent::join);
        assertThat(failure.getCause()).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem().code()).isEqualTo("broker.unavailable");
            assertThat(problem.problem().status()).isEqualTo(503);
        });
        assertThat(uncertain.pending()).isEqualTo(1);
        assertThat(pipeline.inFlight()).isZero();
    }

    @Test
    void a_producer_that_takes_nothing_is_the_same() throws Exception {
        // Given
        producer.sendException = new TimeoutException("full");

        // When
        CompletableFuture<Dispatched> sent = pipeline.send(draft());

        // Then
        assertThat(sent).isCompletedExceptionally();
        assertThat(uncertain.pending()).isEqualTo(1);
        assertThat(pipeline.inFlight()).isZero();
    }

    @Test
    void what_can_not_be_signed_takes_no_room() {
        catchThrowableOfType(
                IllegalStateException.class,
                () -> pipeline.send(chain -> {
                    throw new IllegalStateException("no key");
                }));

        assertThat(pipeline.inFlight()).isZero();
    }

    private void send(int count, ConcurrentLinkedQueue<CompletableFuture<Dispatched>> sent) {
        try {
            for (int i = 0; i < count; i++) {
                sent.add(pipeline.send(draft()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Function<Chain, Command> draft() {
        Command command = TestCommands.blockUser(
                "auth0|1",
                TestCommands.requester("https://issuer.example/", List.of("update:users")),
                Clock.systemUTC());
        return chain -> new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                command.issuedAt(),
                command.deadline(),
                command.subject(),
                command.clientId(),
                command.scope(),
                command.context(),
                command.requester(),
                command.authorization(),
                chain,
                command.bind());
    }

    private static Cluster cluster() {
        var node = new Node(0, "127.0.0.1", 9092);
        var partitions = new ArrayList<PartitionInfo>();
        for (int p = 0; p < TestCommands.PARTITIONS; p++) {
            partitions.add(new PartitionInfo(Topics.COMMANDS, p, node, new Node[] {node}, new Node[] {node}));
        }
        return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
    }
}
