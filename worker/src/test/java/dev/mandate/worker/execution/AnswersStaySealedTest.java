package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.verification.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A canary in every place of Auth0's answers, and in a secret argument that Auth0 quotes: everything that the worker
 * logs (down to the finest level), counts, throws and would sign is searched for it. Only the sealed answer has it.
 */
class AnswersStaySealedTest {

    private static final String CANARY = "canary_in_a_cage";
    private static final String UPDATE =
            "{\"id\":\"auth0|uma\",\"body\":{\"password\":\"" + CANARY + "\",\"connection\":\"db\"}}";

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Level> levels = new HashMap<>();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final java.util.logging.Logger jdk = java.util.logging.Logger.getLogger("");
    private final List<String> jdkEvents = new ArrayList<>();
    private final Handler jdkHandler = handler(jdkEvents);
    private final List<String> seen = new ArrayList<>();

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    private Appender<ILoggingEvent> console;

    @BeforeEach
    void start() {
        for (Logger logger : logging.getLoggerList()) {
            if (logger.getLevel() != null) {
                levels.put(logger, logger.getLevel());
                logger.setLevel(Level.TRACE);
            }
        }
        console = root.getAppender("out");
        root.detachAppender(console);
        events.start();
        root.addAppender(events);
        jdk.addHandler(jdkHandler);
        jdk.setLevel(java.util.logging.Level.ALL);
    }

    @AfterEach
    void stop() {
        jdk.removeHandler(jdkHandler);
        jdk.setLevel(java.util.logging.Level.INFO);
        root.detachAppender(events);
        root.addAppender(console);
        levels.forEach(Logger::setLevel);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503})
    void A75_nothing_of_an_answer_is_told_in_the_clear(int status) throws Exception {
        for (HttpHandler answer : answers(status)) {
            bench.auth0().asked().clear();
            bench.auth0().answers(answer);
            // A pause that was asked for is over.
            bench.clock().move(Duration.ofMinutes(10));

            AttemptResult result = attempt();

            assertThat(bench.auth0().called()).isNotEmpty();
            assertThat(told(result)).noneMatch(text -> text.contains(CANARY));
        }
    }

    @Test
    void A75_the_requester_is_told_all_of_it() throws Exception {
        for (int status : List.of(200, 202, 400, 409)) {
            bench.auth0().answers(exchange -> answer(exchange, status, "application/json", quoting()));
            Request request = request();

            var ended = (AttemptResult.Ended) bench.attempt(request, 1, false);

            assertThat(bench.keys()
                            .intakeOpener()
                            .open(
                                    SealedAnswer.context(request.received().command()),
                                    ended.sealedResult().orElseThrow()))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(quoting());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 403, 429, 500})
    void A75_nothing_of_the_token_endpoints_answer_is_told(int status) throws Exception {
        // Given
        bench.auth0().givesTokens(exchange -> answer(exchange, status, "application/json", quoting()));

        // When
        try {
            bench.execution().rehearse(request());
        } catch (Auth0Exception e) {
            seen.add(text(e));
        }
        AttemptResult result = attempt();

        // Then
        assertThat(seen).isNotEmpty();
        assertThat(told(result)).noneMatch(text -> text.contains(CANARY));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 404, 429, 500})
    void A75_nothing_of_a_look_ups_answer_is_told(int status) {
        for (HttpHandler answer : answers(status)) {
            bench.auth0().answers(answer);
            try {
                bench.directory().account(bench.tenant(ExecutionBench.TENANT), "auth0|uma");
                bench.directory().organizations(bench.tenant(ExecutionBench.TENANT), "auth0|uma");
            } catch (Auth0Exception e) {
                seen.add(text(e));
            }
        }

        assertThat(told("")).noneMatch(text -> text.contains(CANARY));
    }

    @Test
    void a_canary_that_is_logged_would_be_found() {
        LoggerFactory.getLogger(Execution.class)
                .atTrace()
                .addKeyValue("body", CANARY)
                .log("an answer");
        java.util.logging.Logger.getLogger("jdk").finest(CANARY);

        assertThat(told("").stream().filter(text -> text.contains(CANARY))).hasSize(2);
    }

    /** With the canary in the body in one way or another, and in headers that are read, copied or only passed by. */
    private static List<HttpHandler> answers(int status) {
        String tooLarge = "\"" + CANARY.repeat(ExecutionBench.MAX_RESPONSE / CANARY.length() + 1) + "\"";
        return List.of(
                exchange -> answer(exchange, status, "application/json", quoting()),
                exchange -> answer(exchange, status, "application/json", "\"" + CANARY + "\""),
                exchange -> answer(exchange, status, "application/json", "{\"errorCode\":\"" + CANARY + "\""),
                exchange -> answer(exchange, status, CANARY + "/" + CANARY, CANARY),
                exchange -> answer(exchange, status, "application/json", tooLarge));
    }

    /** What Auth0's refusals look like, quoting what was sent; and the names that results give to secrets. */
    private static String quoting() {
        ObjectNode body = StrictJson.object();
        for (String name : List.of(
                "message",
                "error",
                "errorCode",
                "error_description",
                "ticket",
                "client_secret",
                "access_token",
                CANARY)) {
            body.put(name, CANARY);
        }
        body.putObject("attributes").put("password", CANARY);
        return body.toString();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        for (String header : List.of(
                "Retry-After",
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset",
                "Set-Cookie",
                "WWW-Authenticate",
                "X-Correlation-ID",
                "X-" + CANARY)) {
            exchange.getResponseHeaders().set(header, CANARY);
        }
        exchange.getResponseHeaders().set("Location", "https://elsewhere.example/" + CANARY);
        StandIn.body(status, type, body.getBytes(StandardCharsets.UTF_8)).handle(exchange);
    }

    private Request request() {
        return bench.sealedRequest("users.update", StrictJson.parseObject(UPDATE.getBytes(StandardCharsets.UTF_8)));
    }

    private AttemptResult attempt() throws InterruptedException {
        Request request = request();
        seen.add(request.toString());
        seen.add(PreparedCall.of(request).toString());
        return bench.attempt(request, 1, false);
    }

    /** Everything that got out, line by line. */
    private List<String> told(Object result) {
        var told = new ArrayList<>(seen);
        told.add(result.toString());
        for (ILoggingEvent event : List.copyOf(events.list)) {
            told.add(event.getFormattedMessage()
                    + event.getKeyValuePairs()
                    + event.getMDCPropertyMap()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        told.addAll(jdkEvents);
        bench.meters().getMeters().forEach(meter -> told.add(meter.getId().toString()));
        return told;
    }

    private static String text(Throwable problem) {
        var text = new StringBuilder();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }

    private static Handler handler(List<String> into) {
        return new Handler() {

            @Override
            public void publish(LogRecord event) {
                into.add(event.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
