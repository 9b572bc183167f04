package dev.mandate.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.status.CommandView;
import dev.mandate.api.status.Instance;
import dev.mandate.api.status.KnownRequests;
import dev.mandate.api.status.OutcomeWaits;
import dev.mandate.api.status.Stage;
import dev.mandate.api.status.TestLog;
import dev.mandate.api.status.TestPerson;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The database is away when the intake starts, comes, is killed, and comes back. */
class OutageIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void without_the_database_reads_say_so_and_waiting_goes_on_and_it_all_comes_back_by_itself() throws Exception {
        int port = freePort();
        TestPerson ada = Stage.person("auth0|ada");
        try (var stage = new Stage(directory);
                var log = new TestLog(stage.keys())) {
            // Given
            Instance intake = stage.start(
                    "intake-1", Map.of("spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres"));
            // When, Then
            assertUnavailable(intake, ada);
            assertThat(waited(intake, log, ada).status()).isEqualTo("succeeded");
            assertThat(intake.context()
                            .getBean(KnownRequests.class)
                            .find(
                                    new KnownRequests.Scope(ada.issuer(), ada.subject(), "console", "", "acme-prod"),
                                    "key"))
                    .isEmpty();

            try (EmbeddedPostgres database = postgres(port)) {
                awaitRead(intake, log, ada);
            }
            await().atMost(SOON).untilAsserted(() -> assertUnavailable(intake, ada));
            assertThat(waited(intake, log, ada).status()).isEqualTo("succeeded");

            try (EmbeddedPostgres database = postgres(port)) {
                awaitRead(intake, log, ada);
            }
        }
    }

    private static void assertUnavailable(Instance intake, TestPerson ada) {
        HttpResponse<String> answer = intake.get(ada, "/v1/commands/01a20990-9500-7b6e-9a51-2f6a4c0c8d10");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("code").stringValue())
                .isEqualTo("read_model.unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(intake.management("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(intake.management("/actuator/health").statusCode()).isEqualTo(503);
    }

    /** What somebody gets who waits for a command that is carried out meanwhile. */
    private static CommandView waited(Instance intake, TestLog log, TestPerson ada) throws InterruptedException {
        var command = log.command(ada);
        try (OutcomeWaits.Watch watch =
                intake.context().getBean(OutcomeWaits.class).open(command.id().value(), Owner.of(command))) {
            TestLog.Appended appended = log.append(command);
            log.succeeded(appended, "{}");
            Optional<CommandView> ended = watch.ended(SOON, appended.reference().payloadHash());
            return ended.orElseThrow();
        }
    }

    private static void awaitRead(Instance intake, TestLog log, TestPerson ada) {
        TestLog.Appended command = log.append(ada);
        await().atMost(SOON)
                .until(() -> intake.get(ada, "/v1/commands/" + command.id()).statusCode() == 200);
        await().atMost(SOON).until(() -> intake.management("/actuator/health").statusCode() == 200);
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("database").toFile())
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
