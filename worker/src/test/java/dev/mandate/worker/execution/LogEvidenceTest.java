package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.journal.Upstream;
import dev.mandate.worker.verification.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of Auth0's own log, when it is asked whether a write was done. */
class LogEvidenceTest {

    private static final String ENTRY = "{\"log_id\":\"9002026\",\"type\":\"sapi\",\"client_id\":\"worker\","
            + "\"date\":\"2026-11-24T08:00:01.000Z\","
            + "\"details\":{\"request\":{\"method\":\"post\",\"path\":\"/api/v2/tickets/password-change\","
            + "\"auth\":{\"user\":{},\"credentials\":{\"scopes\":[\"create:user_tickets\",\"read:users\"]}}},"
            + "\"response\":{\"statusCode\":201}},"
            + "\"references\":{\"correlation_id\":\"THE-COMMAND\"}}";
    private static final String TICKET = "{\"body\":{\"user_id\":\"auth0|uma\"}}";
    private static final Instant BEGUN = Instant.parse("2026-11-24T08:00:00.500Z");

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    @Test
    void an_entry_of_the_very_call_proves_that_it_was_done() {
        // Given
        Request request = request("tickets.changePassword", TICKET);

        // When
        LogEvidence.Finding finding = look(request, ENTRY);

        // Then
        assertThat(finding)
                .isEqualTo(new LogEvidence.Finding.Done(new Upstream(
                        "POST",
                        "/tickets/password-change",
                        Optional.of(201),
                        List.of("create:user_tickets"),
                        List.of("read:users"),
                        request.received().command().id().value(),
                        Optional.empty(),
                        Optional.of("9002026"))));
    }

    @Test
    void the_log_is_searched_by_documented_fields_with_a_token_that_can_only_read_it() {
        look(request("tickets.changePassword", TICKET), ENTRY);

        assertThat(bench.auth0().asked()).hasSize(2);
        assertThat(bench.auth0().asked().getFirst().body())
                .contains("read:logs")
                .doesNotContain("user_tickets");
        String asked = bench.auth0().called().getFirst().target();
        assertThat(URLDecoder.decode(asked, StandardCharsets.UTF_8))
                .contains("q=type:sapi AND client_id:\"worker\" AND date:[2026-11-24T07:59:00 TO *]", "sort=date:1")
                .doesNotContain("search=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "sapi; fapi",
                "201; 409",
                "post; put",
                "password-change; email-verification",
                "/api/v2/tickets/password-change; /api/v2/tickets/password-change/x",
                "THE-COMMAND; another",
                "\"worker\"; \"another\"",
                "9002026; not an id",
                "\"log_id\":; \"other_id\":",
                "\"details\":; \"other\":",
                "\"references\":; \"other\":",
                "201; \"201\""
            })
    void an_entry_that_differs_in_anything_proves_nothing(String part, String other) {
        assertThat(ENTRY).contains(part);

        assertThat(look(request("tickets.changePassword", TICKET), ENTRY.replace(part, other)))
                .isInstanceOf(LogEvidence.Finding.Nothing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/users/auth0%7Cuma", "/api/v2/users/auth0|uma"})
    void an_id_in_a_path_may_be_logged_encoded_or_not(String path) {
        String entry = ENTRY.replace("post", "patch").replace("/api/v2/tickets/password-change", path);

        assertThat(look(request("users.update", "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}"), entry))
                .isInstanceOf(LogEvidence.Finding.Done.class);
        assertThat(look(request("users.update", "{\"id\":\"auth0|gus\",\"body\":{\"blocked\":true}}"), entry))
                .isInstanceOf(LogEvidence.Finding.Nothing.class);
    }

    @Test
    void what_was_done_twice_and_should_not_have_been_is_no_success() {
        assertThat(look(request("tickets.changePassword", TICKET), ENTRY, ENTRY))
                .isInstanceOf(LogEvidence.Finding.Nothing.class);
        String update = ENTRY.replace("post", "patch").replace("/tickets/password-change", "/users/auth0|uma");
        assertThat(look(request("users.update", "{\"id\":\"auth0|uma\",\"body\":{\"blocked\":true}}"), update, update))
                .isInstanceOf(LogEvidence.Finding.Done.class);
    }

    @Test
    void a_step_that_looks_like_another_of_its_macro_can_not_be_told_from_it() {
        // Given
        Request one = request("tickets.changePassword", TICKET);
        Request two = new Request(
                one.received(),
                one.token(),
                one.tenant(),
                one.action(),
                one.secrets(),
                List.of(one.operation(), one.operation()),
                1);

        // When
        LogEvidence.Finding finding = look(two, ENTRY);

        // Then
        assertThat(finding).isInstanceOf(LogEvidence.Finding.Nothing.class);
        assertThat(bench.auth0().asked()).isEmpty();
    }

    @Test
    void all_pages_are_looked_through() {
        // Given
        Request request = request("tickets.changePassword", TICKET);
        String others = String.join(",", Collections.nCopies(50, ENTRY));
        bench.auth0()
                .answers(exchange -> StandIn.json(
                        exchange,
                        200,
                        exchange.getRequestURI().getQuery().contains("page=1") ? page(ours(request)) : page(others)));

        // Then
        assertThat(bench.evidence().look(request, BEGUN)).isInstanceOf(LogEvidence.Finding.Done.class);
        assertThat(bench.auth0().called()).hasSize(2);
    }

    @Test
    void what_was_done_twice_is_no_success_on_two_pages_either() {
        // Given
        Request request = request("tickets.changePassword", TICKET);
        String first = String.join(",", Collections.nCopies(49, ENTRY)) + "," + ours(request);
        bench.auth0()
                .answers(exchange -> StandIn.json(
                        exchange,
                        200,
                        exchange.getRequestURI().getQuery().contains("page=1") ? page(ours(request)) : page(first)));

        // Then
        assertThat(bench.evidence().look(request, BEGUN)).isInstanceOf(LogEvidence.Finding.Nothing.class);
    }

    @Test
    void a_log_that_may_not_be_read_is_told_from_one_that_can_not_be_read_now() throws Exception {
        Request request = request("tickets.changePassword", TICKET);

        bench.auth0().answers(StandIn.status(503));
        assertThat(bench.evidence().look(request, BEGUN)).isInstanceOf(LogEvidence.Finding.Nothing.class);
        bench.clock().move(Duration.ofSeconds(1));
        bench.auth0().answers(StandIn.status(403));
        assertThat(bench.evidence().look(request, BEGUN)).isInstanceOf(LogEvidence.Finding.Withheld.class);
    }

    @Test
    void without_a_token_for_it_the_log_may_not_be_read() {
        bench.auth0().givesTokens(StandIn.status(403));

        assertThat(look(request("tickets.changePassword", TICKET), ENTRY))
                .isInstanceOf(LogEvidence.Finding.Withheld.class);
        assertThat(bench.auth0().called()).isEmpty();
    }

    private LogEvidence.Finding look(Request request, String... entries) {
        bench.auth0()
                .answers(exchange -> StandIn.json(
                        exchange,
                        200,
                        page(String.join(",", entries)
                                .replace(
                                        "THE-COMMAND",
                                        request.received().command().id().value()))));
        return bench.evidence().look(request, BEGUN);
    }

    private static String ours(Request request) {
        return ENTRY.replace("THE-COMMAND", request.received().command().id().value());
    }

    private static String page(String entries) {
        return "{\"start\":0,\"limit\":50,\"length\":1,\"logs\":[" + entries + "]}";
    }

    private Request request(String action, String arguments) {
        return bench.request(ExecutionBench.TENANT, bench.command(action, arguments));
    }
}
