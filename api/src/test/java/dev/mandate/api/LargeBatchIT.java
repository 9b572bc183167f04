package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.dispatch.Pipeline;
import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.RunningApi;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.topic.Topics;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Long batches, to a broker of their own, so that nobody else has to read them. */
class LargeBatchIT {

    private static final long MEGABYTE = 1024 * 1024;
    private static final int IN_FLIGHT = 4;

    /** Bytes, about. */
    private static final int COMMAND = 2_600;

    private static EmbeddedKafkaKraftBroker broker;
    private static RunningApi api;

    @BeforeAll
    static void start() {
        broker = new EmbeddedKafkaKraftBroker(
                1, 6, Topics.COMMANDS, Topics.COMMANDS_BULK, Topics.RESULTS, Topics.QUARANTINE, Topics.CONTROL);
        broker.afterPropertiesSet();
        var properties = new LinkedHashMap<>(ApiHarness.shared().properties());
        properties.put("spring.kafka.bootstrap-servers", broker.getBrokersAsString());
        properties.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/nowhere");
        properties.put("mandate.batch.in-flight", IN_FLIGHT + "MB");
        api = RunningApi.start(properties);
    }

    @AfterAll
    static void stop() {
        api.close();
        broker.destroy();
    }

    @Test
    void many_lines_stream_through_in_constant_memory() {
        stream(20_000);
    }

    @Test
    @Tag("long")
    void as_many_lines_as_there_may_be_stream_through_in_constant_memory() {
        stream(100_000);
    }

    private static void stream(int count) {
        // Given
        long before = taken();
        String token = ApiHarness.shared().issuer().token(TestTokens.administrator());
        Pipeline pipeline = api.bean(Pipeline.class);
        var most = new AtomicInteger();
        long[] used = new long[2];
        InputStream body = lines(IntStream.rangeClosed(1, count)
                .peek(number -> {
                    most.accumulateAndGet(pipeline.inFlight(), Math::max);
                    if (number == count / 10) {
                        used[0] = usedMemory();
                    } else if (number == count - count / 10) {
                        used[1] = usedMemory();
                    }
                })
                .mapToObj(number -> TestSubmissions.blockLine("auth0|" + number) + "\n")
                .iterator());

        // When
        Http.Answer answer = api.http()
                .send(api.http()
                        .batch(token, "", "")
                        .header("Idempotency-Key", "large-" + count)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body)));

        // Then
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().get("taken").intValue()).isEqualTo(count);
        assertThat(most.get() / MEGABYTE).isLessThanOrEqualTo(IN_FLIGHT);
        assertThat(taken() - before).isEqualTo(count);
        assertThat(used[1] - used[0])
                .as("the commands between the two are four times as much")
                .isLessThan(count * 8L / 10 * COMMAND / 4);
    }

    private static long taken() {
        try (var bulk = new TopicLog(broker.getBrokersAsString(), Topics.COMMANDS_BULK)) {
            return bulk.size();
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Made while they are read. */
    private static InputStream lines(Iterator<String> lines) {
        return new SequenceInputStream(new Enumeration<InputStream>() {
            @Override
            public boolean hasMoreElements() {
                return lines.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(lines.next().getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
