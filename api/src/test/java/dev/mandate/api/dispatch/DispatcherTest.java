package dev.mandate.api.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.TestKeys;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.RunEnd;
import dev.mandate.contracts.command.UncertainSend;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.core.ProducerFactory;

class DispatcherTest {

    private static final String RUN = "intake-1/1795456800000";

    @TempDir
    Path directory;

    private Instant brokersTime = Instant.now();
    private TestKeys keys;
    private MockProducer<byte[], byte[]> producer;
    private Broker broker;
    private OpenNumbers open;
    private ControlStatements statements;
    private CommandChain chain;
    private UncertainSends uncertain;
    private Dispatcher dispatcher;

    @BeforeEach
    void setUp() {
        keys = TestKeys.in(directory, Clock.systemUTC());
        producer = new MockProducer<>(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                super.send(record, null);
                var appended = new RecordMetadata(
                        new TopicPartition(record.topic(), record.partition()), 0, 0, brokersTime.toEpochMilli(), 0, 0);
                if (callback != null) {
                    callback.onCompletion(appended, null);
                }
                return CompletableFuture.completedFuture(appended);
            }
        };
        ProducerFactory<byte[], byte[]> factory = new ProducerFactory<>() {
            @Override
            public Producer<byte[], byte[]> createProducer() {
                return producer;
            }
        };
        broker = new Broker(factory, Duration.ZERO, Duration.ofSeconds(1));
        open = new OpenNumbers();
        statements = new ControlStatements(broker, keys.intakeSigner(), Clock.systemUTC(), TestCommands.ISSUER);
        uncertain = new UncertainSends(statements, open);
        chain = new CommandChain(keys.intakeSigner(), RUN, open);
        dispatcher = new Dispatcher(chain, broker, uncertain);
        uncertain.start();
    }

    @AfterEach
    void tearDown() {
        uncertain.close();
    }

    @Test
    void a_command_goes_to_exactly_the_partition_that_was_signed() {
        // When
        Dispatched dispatched = dispatcher.dispatch(draft());

        // Then
        ProducerRecord<byte[], byte[]> sent = producer.history().getFirst();
        assertThat(sent.partition()).isEqualTo(dispatched.command().bind().partition());
        assertThat(sent.topic()).isEqualTo(Topics.COMMANDS);
        assertThat(new String(sent.key(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(dispatched.command().bind().key());
    }

    @Test
    void A25_commands_that_are_signed_at_once_are_numbered_without_gaps() throws Exception {
        // When
        List<Dispatched> all = Collections.synchronizedList(new ArrayList<>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.execute(() -> all.add(dispatcher.dispatch(draft())));
            }
        }

        // Then
        List<Dispatched> inOrder = all.stream()
                .sorted(java.util.Comparator.comparing(d -> d.command().chain().sequence()))
                .toList();
        assertThat(inOrder)
                .extracting(d -> d.command().chain().sequence())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(inOrder.getFirst().command().chain().previous()).isEmpty();
        IntStream.range(1, 50)
                .forEach(i -> assertThat(inOrder.get(i).command().chain().previous())
                        .contains(inOrder.get(i - 1).payloadHash()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-60S", "PT5M"})
    void what_a_wrong_clock_has_dated_is_not_promised_since_nobody_will_believe_it(Duration brokersAhead) {
        // Given
        brokersTime = Instant.now().plus(brokersAhead);

        // When
        ProblemException alone = catchThrowableOfType(ProblemException.class, () -> dispatcher.dispatch(draft()));
        CompletableFuture<Dispatched> among = dispatcher.dispatchOnly(draft(), size -> {});

        // Then it is in the log, so that there is nothing to declare
        assertThat(alone.problem().code()).isEqualTo("clock.wrong");
        assertThat(among)
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ProblemException.class);
        assertThat(producer.history()).hasSize(2);
        assertThat(uncertain.pending()).isZero();
    }

    @Test
    void what_was_not_signed_takes_no_number() {
        // Given
        catchThrowableOfType(
                IllegalStateException.class,
                () -> dispatcher.dispatch(chain -> {
                    throw new IllegalStateException("no key");
                }));

        // When
        Dispatched next = dispatcher.dispatch(draft());

        // Then
        assertThat(next.command().chain()).isEqualTo(new Chain(RUN, 1, Optional.empty()));
    }

    @Test
    void a_command_that_is_not_acknowledged_is_not_promised_and_is_declared_later() throws Exception {
        // Given
        producer.sendException = new org.apache.kafka.common.errors.TimeoutException("away");

        // When
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> dispatcher.dispatch(draft()));
        assertThat(producer.history()).isEmpty();
        producer.sendException = null;

        // Then
        assertThat(problem.problem().code()).isEqualTo("broker.unavailable");
        assertThat(problem.problem().status()).isEqualTo(503);
        assertThat(problem.retryAfter()).isPresent();
        await().until(() -> !producer.history().isEmpty());
        ProducerRecord<byte[], byte[]> declared = producer.history().getFirst();
        assertThat(declared.topic()).isEqualTo(Topics.CONTROL);
        var verified = keys.verifier()
                .verify(
                        declared.value(),
                        Set.of(StatementType.CONTROL),
                        Clock.systemUTC().instant());
        UncertainSend statement = StrictJson.read(verified.payload(), UncertainSend.class);
        assertThat(statement.chain()).isEqualTo(new Chain(RUN, 1, Optional.empty()));
        assertThat(statement.bind().topic()).isEqualTo(Topics.COMMANDS);
    }

    @Test
    void after_an_uncertain_send_the_chain_goes_on() {
        // Given
        producer.sendException = new org.apache.kafka.common.errors.TimeoutException("away");
        catchThrowableOfType(ProblemException.class, () -> dispatcher.dispatch(draft()));
        producer.sendException = null;

        // When
        Dispatched next = dispatcher.dispatch(draft());

        // Then
        assertThat(next.command().chain().sequence()).isEqualTo(2);
        assertThat(next.command().chain().previous()).isPresent();
    }

    @Test
    void A25_no_number_is_given_while_it_is_unknown_for_too_long_what_became_of_an_earlier_one() {
        // Given
        Instant now = Clock.systemUTC().instant();
        producer.sendException = new org.apache.kafka.common.errors.TimeoutException("away");
        catchThrowableOfType(ProblemException.class, () -> dispatcher.dispatch(draft(now)));
        Instant late = now.plus(Chain.PATIENCE).plusSeconds(1);
        brokersTime = late;

        // When
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> dispatcher.dispatch(draft(late)));
        producer.sendException = null;
        await().until(() -> !producer.history().isEmpty());
        await().until(() -> open.permit(late));
        Dispatched next = dispatcher.dispatch(draft(late));

        // Then
        assertThat(refused.problem().code()).isEqualTo("broker.unavailable");
        assertThat(next.command().chain().sequence()).isEqualTo(2);
    }

    @Test
    void a_run_that_ends_in_order_says_which_number_was_the_last_and_gives_no_more() throws Exception {
        // Given
        dispatcher.dispatch(draft());
        Dispatched last = dispatcher.dispatch(draft());

        // When
        var end = new OrderlyEnd(chain, open, statements, Duration.ZERO);
        end.close();
        end.close();

        // Then
        assertThat(producer.history()).hasSize(3);
        ProducerRecord<byte[], byte[]> declared = producer.history().getLast();
        assertThat(declared.topic()).isEqualTo(Topics.CONTROL);
        var verified = keys.verifier()
                .verify(
                        declared.value(),
                        Set.of(StatementType.CONTROL),
                        Clock.systemUTC().instant());
        assertThat(StrictJson.read(verified.payload(), RunEnd.class).last())
                .isEqualTo(new RunEnd.Last(RUN, 2, last.payloadHash()));
        assertThat(catchThrowableOfType(ProblemException.class, () -> dispatcher.dispatch(draft())))
                .isNotNull();
    }

    @Test
    void a_run_that_does_not_know_what_became_of_a_number_claims_no_orderly_end() {
        // Given
        var undeclared = new Dispatcher(chain, broker, new UncertainSends(statements, open));
        undeclared.dispatch(draft());
        producer.sendException = new org.apache.kafka.common.errors.TimeoutException("away");
        catchThrowableOfType(ProblemException.class, () -> undeclared.dispatch(draft()));

        // When
        producer.sendException = null;
        new OrderlyEnd(chain, open, statements, Duration.ofMillis(50)).close();

        // Then
        assertThat(producer.history()).hasSize(1);
    }

    private Function<Chain, Command> draft() {
        return draft(Clock.systemUTC().instant());
    }

    private Function<Chain, Command> draft(Instant at) {
        Command command = TestCommands.blockUser(
                "auth0|1",
                TestCommands.requester("https://issuer.example/", List.of("update:users")),
                Clock.systemUTC());
        return chain -> new Command(
                command.issuer(),
                command.audience(),
                command.id(),
                command.transaction(),
                at,
                at.plus(Duration.ofMinutes(15)),
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
        for (String topic : List.of(Topics.COMMANDS, Topics.CONTROL)) {
            for (int p = 0; p < 24; p++) {
                partitions.add(new PartitionInfo(topic, p, node, new Node[] {node}, new Node[] {node}));
            }
        }
        return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
    }
}
