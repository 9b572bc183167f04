package dev.mandate.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.auth0.Directory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What an operator is told of look-ups that bring nothing: enough to notice, and no flood. */
class LookUpWarningsTest {

    private static final String UNREADABLE = "<html>a secret page</html>";

    @AutoClose
    private final ExecutionBench bench = new ExecutionBench();

    private final Logger logger = (Logger) LoggerFactory.getLogger(Directory.class.getPackageName());
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @BeforeEach
    void start() {
        events.start();
        logger.addAppender(events);
        var page = StandIn.body(200, "application/json", UNREADABLE.getBytes(StandardCharsets.UTF_8));
        bench.auth0().answers(page);
        bench.otherAuth0().answers(page);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(events);
    }

    @Test
    void an_answer_that_can_not_be_read_is_told_once_a_minute_and_tenant_and_not_quoted() {
        lookUp(ExecutionBench.TENANT);
        lookUp(ExecutionBench.TENANT);
        assertThat(warned()).containsExactly(ExecutionBench.TENANT);

        lookUp(ExecutionBench.OTHER_TENANT);
        bench.clock().move(Duration.ofSeconds(59));
        lookUp(ExecutionBench.TENANT);
        assertThat(warned()).containsExactly(ExecutionBench.TENANT, ExecutionBench.OTHER_TENANT);

        bench.clock().move(Duration.ofSeconds(1));
        lookUp(ExecutionBench.TENANT);
        assertThat(warned()).containsExactly(ExecutionBench.TENANT, ExecutionBench.OTHER_TENANT, ExecutionBench.TENANT);
        assertThat(events.list)
                .noneMatch(event -> event.getFormattedMessage().contains("secret")
                        || event.getKeyValuePairs().toString().contains("secret")
                        || event.getThrowableProxy() != null);
    }

    private void lookUp(String tenant) {
        assertThatThrownBy(() -> bench.directory().account(bench.tenant(tenant), "auth0|uma"))
                .isInstanceOf(Auth0Exception.Unavailable.class);
    }

    /** The tenants that warnings were about. */
    private List<String> warned() {
        return events.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .filter(event -> event.getMessage().equals("Look-up without a useful answer"))
                .map(LookUpWarningsTest::tenant)
                .toList();
    }

    private static String tenant(ILoggingEvent event) {
        return event.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals("tenant"))
                .map((KeyValuePair pair) -> String.valueOf(pair.value))
                .findFirst()
                .orElseThrow();
    }
}
