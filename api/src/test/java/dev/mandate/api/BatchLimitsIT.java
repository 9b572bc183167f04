package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.RunningApi;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.topic.Topics;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An intake that takes few lines a second. */
class BatchLimitsIT {

    private static final ApiHarness HARNESS = ApiHarness.shared();

    /** Longer than a command may take to be appended, and its margin. */
    private static final int LEAST_LIFE = 19;

    private static RunningApi api;

    @BeforeAll
    static void start() {
        var properties = new LinkedHashMap<>(HARNESS.properties());
        properties.put("mandate.batch.per-second", "10");
        api = RunningApi.start(properties);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void when_the_token_runs_out_in_the_middle_the_rest_is_not_taken_and_can_be_sent_with_a_new_one() {
        // Given
        String key = "batch-" + UUID.randomUUID();
        TestTokens ada = TestTokens.of("auth0|short", List.of("update:users"));
        String dying = HARNESS.issuer().token(ada.expiring(Instant.now().plusSeconds(LEAST_LIFE + 2)));
        List<String> lines = users(60);
        try (TopicLog bulk = HARNESS.log(Topics.COMMANDS_BULK)) {
            long before = bulk.size();

            // When
            Http.Answer first = api.http().send(api.http().batch(dying, key, "?on_error=skip", lines));
            int taken = first.json().get("taken").intValue();
            int resumeAt = first.json().at("/stopped/resume_at").intValue();

            // Then
            assertThat(first.status()).as(first.text()).isEqualTo(202);
            assertThat(first.json().at("/stopped/problem/code").stringValue()).isEqualTo("token.too_little_life");
            assertThat(first.json().get("refused")).isEmpty();
            assertThat(taken).isPositive().isLessThan(60);
            assertThat(resumeAt).isEqualTo(taken + 1);
            assertThat(bulk.size()).isEqualTo(before + taken);

            // When
            Http.Answer rest = api.http()
                    .send(api.http()
                            .batch(
                                    HARNESS.issuer().token(ada),
                                    key,
                                    "?first_line=" + resumeAt,
                                    lines.subList(taken, 60)));

            // Then
            assertThat(rest.json().get("id")).isEqualTo(first.json().get("id"));
            assertThat(rest.json().get("taken").intValue()).isEqualTo(60 - taken);
            assertThat(bulk.size()).isEqualTo(before + 60);
        }
    }

    @Test
    void a_token_that_is_too_old_to_begin_with_is_refused_as_always() {
        String dying = HARNESS.issuer()
                .token(TestTokens.administrator().expiring(Instant.now().plusSeconds(5)));

        Http.Answer answer = api.http().send(api.http().batch(dying, "k-" + UUID.randomUUID(), "", users(1)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("token.too_little_life");
    }

    @Test
    void one_person_has_few_batches_under_way_and_still_commands_and_reads() throws Exception {
        // Given
        String ada = HARNESS.issuer().token(TestTokens.of("auth0|many", List.of("update:users")));
        String sam = HARNESS.issuer().token(TestTokens.of("auth0|one", List.of("update:users")));
        String head = "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                + "Idempotency-Key: slow\r\nContent-Length: 1000\r\nAuthorization: Bearer " + ada + "\r\n\r\n{";
        List<Socket> slow = new ArrayList<>();
        try {
            // When
            slow.add(api.http().begin(head));
            slow.add(api.http().begin(head));
            await().until(() -> batch(ada).status() == 429);

            // Then
            Http.Answer third = batch(ada);
            assertThat(third.code()).isEqualTo("batch.concurrency");
            assertThat(third.header("Retry-After")).isPresent();
            assertThat(api.http().submit(ada, TestSubmissions.block("auth0|1")).status())
                    .isEqualTo(202);
            assertThat(batch(sam).status()).isEqualTo(202);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static Http.Answer batch(String token) {
        return api.http().send(api.http().batch(token, "k-" + UUID.randomUUID(), "", users(1)));
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestSubmissions.blockLine("auth0|" + UUID.randomUUID()))
                .toList();
    }
}
