package dev.mandate.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.testkit.ApiHarness;
import dev.mandate.api.testkit.Http;
import dev.mandate.api.testkit.TestSubmissions;
import dev.mandate.api.testkit.TestTokens;
import dev.mandate.api.testkit.TopicLog;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many commands in one request: what is taken, what is refused, and what a repeated batch is. */
class BatchIT {

    private final ApiHarness harness = ApiHarness.shared();
    private final Http http = harness.http();
    private final String ada = harness.issuer().token(TestTokens.administrator());
    private final String key = "batch-" + UUID.randomUUID();

    @Test
    void every_line_is_a_command_on_the_bulk_lane_and_belongs_to_the_batch() {
        // When
        Http.Answer answer = http.send(http.batch(ada, key, "", users(5)));

        // Then
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        String id = answer.json().get("id").stringValue();
        assertThat(answer.header("Location").orElseThrow()).startsWith("/v1/batches/" + id);
        assertThat(answer.json().get("lines").intValue()).isEqualTo(5);
        assertThat(answer.json().get("taken").intValue()).isEqualTo(5);
        assertThat(answer.json().get("refused")).isEmpty();
        assertThat(answer.json().has("stopped")).isFalse();
        List<Command> commands = commands(id);
        assertThat(commands).hasSize(5).allSatisfy(command -> {
            assertThat(command.context().lane()).isEqualTo(Lane.BULK);
            assertThat(command.bind().topic()).isEqualTo(Topics.COMMANDS_BULK);
            assertThat(command.subject()).isEqualTo("auth0|ada");
            assertThat(Duration.between(command.issuedAt(), command.deadline())).isEqualTo(Duration.ofHours(24));
        });
        assertThat(commands).extracting(Command::id).doesNotHaveDuplicates();
        assertThat(commands)
                .extracting(command -> command.requester().sealedToken())
                .as("the token, sealed for each line")
                .doesNotHaveDuplicates();
    }

    @Test
    void a_batch_can_be_read_as_soon_as_it_was_accepted() {
        // When
        Http.Answer accepted = http.send(http.batch(ada, key, "", users(3)));
        Http.Answer batch = http.get(accepted.header("Location").orElseThrow(), ada);

        // Then
        assertThat(batch.status()).as(batch.text()).isEqualTo(200);
        assertThat(batch.json().get("commands").intValue()).isEqualTo(3);
        assertThat(batch.json().at("/statuses/accepted").intValue()).isEqualTo(3);
        assertThat(batch.header("Retry-After")).isPresent();
    }

    @Test
    void bad_lines_are_reported_by_number_and_the_rest_is_taken_if_the_client_says_so() {
        // Given
        List<String> lines = List.of(
                TestSubmissions.blockLine(user()),
                "{\"tenant\":",
                TestSubmissions.blockLine(user()).replace("users.update", "users.explode"),
                "",
                TestSubmissions.blockLine(user()).replace("true", "\"yes\""),
                TestSubmissions.blockLine(user()).replace("INC-4711", "x".repeat(70_000)),
                TestSubmissions.blockLine(user())
                        .replace("users.update", "deviceCredentials.delete")
                        .replace(",\"body\":{\"blocked\":true}", ""),
                TestSubmissions.blockLine(user()));

        // When
        Http.Answer answer = http.send(http.batch(ada, key, "?on_error=skip", lines));

        // Then
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(refusals(answer))
                .containsExactly(
                        "2 request.malformed",
                        "3 action.unknown",
                        "5 arguments.invalid",
                        "6 request.too_large",
                        "7 policy.permission_missing");
        assertThat(answer.json().at("/refused/2/problem/errors/0/pointer").stringValue())
                .isEqualTo("/arguments/body/blocked");
        assertThat(answer.json().get("lines").intValue()).isEqualTo(7);
        assertThat(answer.json().get("taken").intValue()).isEqualTo(2);
        assertThat(commands(answer.json().get("id").stringValue()))
                .extracting(command ->
                        command.context().idempotencyKey().orElseThrow().replaceAll(".*/", ""))
                .containsExactlyInAnyOrder("1", "8");
    }

    @Test
    void otherwise_a_bad_line_stops_the_batch_and_the_rest_can_be_sent_once_it_is_mended() {
        // Given
        List<String> lines = new ArrayList<>(users(6));
        String good = lines.set(3, "oops");

        // When
        Http.Answer first = http.send(http.batch(ada, key, "", lines));
        lines.set(3, good);
        Http.Answer rest = http.send(http.batch(ada, key, "?first_line=4", lines.subList(3, 6)));

        // Then
        assertThat(first.json().get("taken").intValue()).isEqualTo(3);
        assertThat(first.json().at("/stopped/resume_at").intValue()).isEqualTo(4);
        assertThat(first.json().at("/stopped/problem/code").stringValue()).isEqualTo("request.malformed");
        assertThat(refusals(first)).containsExactly("4 request.malformed");
        assertThat(rest.json().get("taken").intValue()).isEqualTo(3);
        assertThat(rest.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(commands(first.json().get("id").stringValue())).hasSize(6);
    }

    @Test
    void after_too_many_bad_lines_the_rest_is_left() {
        // Given
        List<String> lines =
                new ArrayList<>(IntStream.range(0, 1200).mapToObj(i -> "oops").toList());

        // When
        Http.Answer answer = http.send(http.batch(ada, key, "?on_error=skip", lines));

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("taken").intValue()).isZero();
        assertThat(answer.json().get("refused")).hasSize(1000);
        assertThat(answer.json().at("/stopped/resume_at").intValue()).isEqualTo(1001);
        assertThat(answer.json().at("/stopped/problem/code").stringValue()).isEqualTo("batch.too_many_refused");
        assertThat(answer.json().has("id")).isFalse();
    }

    @Test
    void a_batch_ends_where_it_would_be_too_long() {
        Http.Answer answer = http.send(http.batch(ada, key, "?first_line=99999", users(4)));

        assertThat(answer.json().get("taken").intValue()).isEqualTo(2);
        assertThat(answer.json().at("/stopped/resume_at").intValue()).isEqualTo(100_001);
        assertThat(answer.json().at("/stopped/problem/code").stringValue()).isEqualTo("batch.too_long");
    }

    @Test
    void a_dry_run_reports_and_records_nothing() {
        // Given
        List<String> lines = List.of(TestSubmissions.blockLine(user()), "oops", TestSubmissions.blockLine(user()));
        try (TopicLog bulk = harness.log(Topics.COMMANDS_BULK)) {
            long before = bulk.size();

            // When
            Http.Answer answer = http.send(http.batch(ada, "?dry_run=true&on_error=skip", String.join("\n", lines)));

            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("taken").intValue()).isEqualTo(2);
            assertThat(refusals(answer)).containsExactly("2 request.malformed");
            assertThat(bulk.size()).isEqualTo(before);
        }
    }

    @Test
    void the_same_batch_sent_again_is_the_same_commands() {
        // Given
        List<String> lines = users(4);

        // When
        String id = http.send(http.batch(ada, key, "", lines)).json().get("id").stringValue();
        String again =
                http.send(http.batch(ada, key, "", lines)).json().get("id").stringValue();
        String adaAnew = harness.issuer().token(TestTokens.administrator());
        String anew =
                http.send(http.batch(adaAnew, key, "", lines)).json().get("id").stringValue();

        // Then
        assertThat(List.of(again, anew)).containsOnly(id);
        List<Command> commands = commands(id);
        assertThat(commands).hasSize(12);
        assertThat(commands.stream().map(Command::id).distinct()).hasSize(4);
        assertThat(commands.stream()
                        .map(command -> command.context().requestHash())
                        .distinct())
                .hasSize(4);
    }

    @Test
    void another_persons_or_clients_batch_under_the_same_key_is_another_batch() {
        // Given
        List<String> lines = users(1);
        String bob = harness.issuer().token(TestTokens.of("auth0|bob", List.of("update:users")));
        String adaElsewhere = harness.issuer().token(TestTokens.administrator().with("azp", "another-client"));

        // When
        List<String> ids = List.of(ada, bob, adaElsewhere).stream()
                .map(token -> http.send(http.batch(token, key, "", lines))
                        .json()
                        .get("id")
                        .stringValue())
                .toList();

        // Then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void another_request_on_a_line_that_was_taken_is_refused() {
        // Given
        List<String> lines = new ArrayList<>(users(3));
        Http.Answer first = http.send(http.batch(ada, key, "", lines));
        assertThat(http.get(first.header("Location").orElseThrow(), ada).status())
                .isEqualTo(200);

        // When
        lines.set(1, TestSubmissions.blockLine(user()));
        Http.Answer changed = http.send(http.batch(ada, key, "?on_error=skip", lines));

        // Then
        assertThat(refusals(changed)).containsExactly("2 idempotency.conflict");
        assertThat(changed.json().get("taken").intValue()).isEqualTo(2);
    }

    @Test
    void a_batch_is_nobody_elses() {
        // Given
        Http.Answer accepted = http.send(http.batch(ada, key, "", users(2)));
        String batch = "/v1/batches/" + accepted.json().get("id").stringValue();
        await().until(() -> http.get(batch, ada).status() == 200);

        // When
        List<String> others = List.of(
                harness.issuer().token(TestTokens.of("auth0|eve", List.of("update:users", "read:commands"))),
                harness.issuer().token(TestTokens.administrator().with("org_id", "org_9")));

        // Then
        assertThat(others).allSatisfy(other -> {
            assertThat(http.get(batch, other).code()).isEqualTo("batch.not_found");
            assertThat(http.get(batch, other).status()).isEqualTo(404);
            assertThat(http.get(batch + "/results", other).code()).isEqualTo("batch.not_found");
        });
    }

    @Test
    void a_single_command_is_no_batch() {
        // Given
        Http.Answer single = http.submit(ada, TestSubmissions.block(user()));
        assertThat(http.get(single.header("Location").orElseThrow(), ada).status())
                .isEqualTo(200);

        // Then
        String id = single.json().get("id").stringValue();
        assertThat(http.get("/v1/batches/" + id, ada).code()).isEqualTo("batch.not_found");
        assertThat(http.get("/v1/batches/nonsense", ada).code()).isEqualTo("batch.not_found");
    }

    @Test
    void a_position_of_another_batch_is_refused() {
        // Given
        Http.Answer one = http.send(http.batch(ada, key, "", users(1)));
        Http.Answer other = http.send(http.batch(ada, key + "-other", "", users(1)));

        // When
        String mixed = one.header("Location").orElseThrow().replaceAll("position=.*", "position=")
                + other.header("Location").orElseThrow().replaceAll(".*position=", "");

        // Then
        assertThat(http.get(mixed, ada).code()).isEqualTo("position.invalid");
    }

    @Test
    void what_is_no_batch_is_refused_at_the_door() {
        assertThat(http.send(http.batch(ada, "", users(1).getFirst())).code()).isEqualTo("idempotency.missing");
        assertThat(http.send(http.batch(ada, key, "", List.of(" ", ""))).code()).isEqualTo("batch.empty");
        assertThat(http.send(http.batch(ada, key, "?on_error=maybe", users(1))).code())
                .isEqualTo("request.invalid");
        assertThat(http.send(http.batch(ada, key, "?first_line=0", users(1))).code())
                .isEqualTo("request.invalid");
        assertThat(http.send(http.batch(ada, key, "", users(1)).setHeader("Content-Type", "application/json"))
                        .code())
                .isEqualTo("request.content_type");
    }

    private List<Command> commands(String batch) {
        var reader = new CommandReader(harness.keys().verifier(), "test");
        try (TopicLog bulk = harness.log(Topics.COMMANDS_BULK)) {
            return bulk.records().stream()
                    .map(record -> read(reader, record))
                    .filter(command -> command.transaction().equals(batch))
                    .toList();
        }
    }

    private static Command read(CommandReader reader, LogRecord record) {
        try {
            return reader.read(record).command();
        } catch (RejectedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> refusals(Http.Answer answer) {
        return answer.json().get("refused").valueStream().map(BatchIT::refusal).toList();
    }

    private static String refusal(JsonNode refusal) {
        return refusal.get("line").intValue() + " "
                + refusal.at("/problem/code").stringValue();
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestSubmissions.blockLine(user()))
                .toList();
    }

    private static String user() {
        return "auth0|" + UUID.randomUUID();
    }
}
