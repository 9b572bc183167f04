package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpHandler;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.Transaction;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.rig.Commands;
import dev.mandate.worker.verification.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to Auth0 over the wire, and what is made of answers that Auth0 should not give. */
class HostileUpstreamTest {

    private static final String BLOCK = "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}";

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void A43_a_redirect_is_not_followed_and_the_token_goes_nowhere_else(int status) throws Exception {
        for (String to : List.of(bench.otherAuth0().url() + "/api/v2/users/x", "/api/v2/elsewhere")) {
            // Given
            bench.auth0().asked().clear();
            bench.auth0().answers(StandIn.redirect(status, to));

            // When
            AttemptResult.Ended ended = block();

            // Then
            assertThat(ended.status()).isEqualTo(OutcomeStatus.FAILED);
            assertThat(ended.error().map(OutcomeError::code)).contains("upstream.refused");
            assertThat(ended.upstream().orElseThrow().status()).contains(status);
            assertThat(bench.auth0().called()).hasSize(1);
            assertThat(bench.otherAuth0().asked()).isEmpty();
        }
    }

    @Test
    void A43_neither_the_clients_secret_nor_a_look_ups_token_follows_a_redirect() {
        // Given
        String elsewhere = bench.otherAuth0().url();
        bench.auth0().answers(StandIn.redirect(307, elsewhere + "/api/v2/users/x"));

        // When
        var lookUp = catchThrowableOfType(
                Auth0Exception.Refused.class,
                () -> bench.directory().account(bench.tenant(ExecutionBench.TENANT), "auth0|uma"));
        bench.auth0().givesTokens(StandIn.redirect(307, elsewhere + "/oauth/token"));
        var token = catchThrowableOfType(
                Auth0Exception.Refused.class,
                () -> bench.execution()
                        .rehearse(bench.request(ExecutionBench.TENANT, bench.command("users.update", BLOCK))));

        // Then
        assertThat(lookUp.code()).isEqualTo("authorization.facts_refused");
        assertThat(token.code()).isEqualTo("upstream.token_refused");
        assertThat(bench.otherAuth0().asked()).isEmpty();
    }

    @Test
    void A49_a_token_that_expires_at_once_is_used_once_and_asked_for_no_more_than_that() throws Exception {
        bench.auth0()
                .givesTokens(
                        exchange -> StandIn.json(exchange, 200, "{\"access_token\":\"short-lived\",\"expires_in\":0}"));

        assertThat(block().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(block().status()).isEqualTo(OutcomeStatus.SUCCEEDED);

        assertThat(bench.auth0().asked()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\\r\\nX-Evil: 1", "\u00e9"})
    void A49_what_can_not_stand_in_a_header_is_no_token(String token) {
        bench.auth0()
                .givesTokens(exchange ->
                        StandIn.json(exchange, 200, "{\"access_token\":\"" + token + "\",\"expires_in\":86400}"));

        var refused = catchThrowableOfType(
                Auth0Exception.Refused.class,
                () -> bench.execution()
                        .rehearse(bench.request(ExecutionBench.TENANT, bench.command("users.update", BLOCK))));

        assertThat(refused.code()).isEqualTo("upstream.token_refused");
    }

    @Test
    void an_answer_is_sealed_to_the_intake_as_it_came() throws Exception {
        bench.auth0().answers(exchange -> StandIn.json(exchange, 200, "{ \"user_id\" : \"auth0|uma\" }"));
        Command command = bench.command("users.update", BLOCK);

        AttemptResult.Ended ended = attempt(bench.request(ExecutionBench.TENANT, command));

        assertThat(ended.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(bench.keys()
                        .intakeOpener()
                        .open(
                                SealedAnswer.context(command),
                                ended.sealedResult().orElseThrow()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{ \"user_id\" : \"auth0|uma\" }");
    }

    @Test
    void A49_an_answer_beyond_the_limit_is_a_success_without_a_result() throws Exception {
        String fits = "\"" + "x".repeat(ExecutionBench.MAX_RESPONSE - 2) + "\"";

        bench.auth0().answers(exchange -> StandIn.json(exchange, 200, fits));
        assertThat(block().sealedResult()).isPresent();
        bench.auth0().answers(exchange -> StandIn.json(exchange, 200, fits + " "));
        assertSuccessWithoutResult();
    }

    @Test
    void A49_an_answer_without_end_is_cut_off_by_size() throws Exception {
        bench.auth0().answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[8192];
            try (var out = exchange.getResponseBody()) {
                // Ends when the worker hangs up.
                while (!Thread.currentThread().isInterrupted()) {
                    out.write(chunk);
                }
            }
        });

        assertSuccessWithoutResult();
    }

    @Test
    void A49_an_answer_that_never_goes_on_is_cut_off_by_time() throws Exception {
        var closing = new CountDownLatch(1);
        bench.auth0().answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hold(closing);
        });

        assertSuccessWithoutResult();
        closing.countDown();
    }

    @Test
    void A49_a_success_whose_body_is_no_json_is_a_success_without_a_result() throws Exception {
        List<HttpHandler> answers = List.of(
                StandIn.body(
                        200, "text/html", "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8)),
                StandIn.body(200, "application/json", "{\"a\":1} trailing".getBytes(StandardCharsets.UTF_8)),
                StandIn.body(200, "application/json", "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8)),
                StandIn.body(200, "application/json", new byte[] {(byte) 0xff, (byte) 0xfe, 0}),
                StandIn.body(200, "application/octet-stream", new byte[] {0x1f, (byte) 0x8b, 8, 0}),
                StandIn.status(204));
        for (HttpHandler answer : answers) {
            bench.auth0().answers(answer);
            assertSuccessWithoutResult();
        }
    }

    @Test
    void a_number_that_others_would_round_takes_nothing_away_from_an_answer() throws Exception {
        String answer = "{\"user_metadata\":{\"points\":123456789012345678901234567890,\"share\":1e400}}";
        bench.auth0().answers(StandIn.body(200, "application/json", answer.getBytes(StandardCharsets.UTF_8)));

        assertThat(block().sealedResult()).isPresent();
    }

    @Test
    void A49_json_under_a_wrong_content_type_is_still_only_sealed_json() throws Exception {
        bench.auth0().answers(StandIn.body(200, "text/html", "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));

        AttemptResult.Ended ended = block();

        assertThat(ended.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(ended.sealedResult()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"400, upstream.refused", "403, upstream.refused", "404, upstream.refused"})
    void A49_what_a_refusal_says_is_told_to_nobody_but_the_requester(int status, String code) throws Exception {
        bench.auth0().answers(exchange -> StandIn.json(exchange, status, "{\"message\":\"s3cret detail\"}"));

        AttemptResult.Ended ended = block();

        assertThat(ended.error().map(OutcomeError::code)).contains(code);
        assertThat(ended.error().orElseThrow().message()).doesNotContain("s3cret");
        assertThat(ended.sealedResult()).isPresent().get().asString().doesNotContain("s3cret");
    }

    @Test
    void A49_a_look_ups_answer_that_is_too_large_or_no_json_is_no_fact() {
        for (HttpHandler answer : List.of(
                StandIn.body(200, "application/json", new byte[ExecutionBench.MAX_RESPONSE + 1]),
                packed("{\"name\":\"" + "x".repeat(ExecutionBench.MAX_RESPONSE) + "\"}"),
                StandIn.body(200, "text/html", "<html/>".getBytes(StandardCharsets.UTF_8)))) {
            // Else the gate lets no second one through, and nothing is seen of the answer.
            bench.clock().move(Duration.ofSeconds(1));
            bench.auth0().answers(answer);

            assertThat(catchThrowableOfType(
                                    Auth0Exception.Unavailable.class,
                                    () -> bench.directory().account(bench.tenant(ExecutionBench.TENANT), "auth0|uma"))
                            .code())
                    .isEqualTo("authorization.facts_unavailable");
        }
    }

    @Test
    void a_look_ups_answer_may_be_packed() throws Exception {
        bench.auth0().answers(packed("{\"blocked\":true}"));

        assertThat(bench.directory().account(bench.tenant(ExecutionBench.TENANT), "auth0|uma"))
                .hasValueSatisfying(account -> assertThat(account.blocked()).isTrue());
    }

    private static HttpHandler packed(String json) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (var out = new GZIPOutputStream(exchange.getResponseBody())) {
                out.write(json.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    @Test
    void A45_the_correlation_id_is_the_commands_id_and_nothing_else_of_it_is_in_a_header() throws Exception {
        // Given
        String evil = "EVIL\\r\\nX-Evil: 1\\r\\nX-Correlation-ID: EVIL";
        Command command = evil(bench.command(
                "users.update",
                "{\"id\":\"" + evil + "\",\"body\":{\"name\":\"" + evil + "\",\"user_metadata\":{\"" + evil
                        + "\":1}}}"));

        // When
        attempt(bench.request(ExecutionBench.TENANT, command));

        // Then
        StandIn.Asked call = bench.auth0().called().getFirst();
        assertThat(call.headers().get("X-correlation-id"))
                .containsExactly(command.id().value());
        assertThat(call.headers().get("Authorization")).containsExactly("Bearer a-management-token");
        assertThat(call.headers().keySet())
                .containsExactlyInAnyOrder(
                        "Accept",
                        "Authorization",
                        "Content-length",
                        "Content-type",
                        "Host",
                        "User-agent",
                        "X-correlation-id");
        assertThat(call.headers().values())
                .allSatisfy(
                        values -> assertThat(values).singleElement().asString().doesNotContain("EVIL"));
        assertThat(call.target()).startsWith("/api/v2/users/EVIL%0D%0AX-Evil%3A%201");
        assertThat(call.body()).contains("X-Evil");
    }

    @Test
    void A45_a_read_has_no_correlation_id() throws Exception {
        attempt(bench.request(ExecutionBench.TENANT, bench.command("users.get", "{\"id\":\"auth0|uma\"}")));

        assertThat(bench.auth0().called().getFirst().headers()).doesNotContainKey("X-correlation-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nX-Evil: 1", "\n", " ", "é"})
    void A45_an_id_that_would_reach_into_another_header_is_no_id(String more) {
        String id = bench.command("users.update", BLOCK).id().value();

        assertThatThrownBy(() -> new CommandId(id + more)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_auth0_will_do_later_is_accepted_upstream() throws Exception {
        // Given
        bench.auth0().answers(exchange -> StandIn.json(exchange, 202, "{\"status\":\"building\"}"));

        // When
        AttemptResult.Ended ended =
                attempt(bench.request(ExecutionBench.TENANT, bench.command("actions.deploy", "{\"id\":\"a-1\"}")));

        // Then
        assertThat(ended.status()).isEqualTo(OutcomeStatus.ACCEPTED_UPSTREAM);
        assertThat(ended.error()).isEmpty();
        assertThat(ended.sealedResult()).isPresent();
        assertThat(ended.upstream().orElseThrow().status()).contains(202);
        assertThat(bench.auth0().called()).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.target()).isEqualTo("/api/v2/actions/actions/a-1/deploy");
        });
    }

    private void assertSuccessWithoutResult() throws InterruptedException {
        AttemptResult.Ended ended = block();
        assertThat(ended.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(ended.sealedResult()).isEmpty();
        assertThat(ended.error()).isEmpty();
    }

    private AttemptResult.Ended block() throws InterruptedException {
        return attempt(bench.request(ExecutionBench.TENANT, bench.command("users.update", BLOCK)));
    }

    private AttemptResult.Ended attempt(Request request) throws InterruptedException {
        AttemptResult result = bench.attempt(request, 1, false);
        assertThat(result).isInstanceOf(AttemptResult.Ended.class);
        return (AttemptResult.Ended) result;
    }

    /** The same command with line breaks wherever a person can put text. */
    private static Command evil(Command command) {
        Transaction t = command.context();
        String evil = "EVIL\r\nX-Evil: 1";
        return Commands.subject(
                Commands.context(
                        command,
                        new Transaction(
                                t.tenant(),
                                t.action(),
                                t.target(),
                                t.arguments(),
                                Optional.of(evil),
                                t.lane(),
                                Optional.of(evil),
                                t.requestHash())),
                evil,
                Optional.of(evil));
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
