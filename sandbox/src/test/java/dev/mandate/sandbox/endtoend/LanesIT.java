package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.sandbox.People;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.demo.Stage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long the help desk waits while a mass change of ten thousand is under way. */
@ExtendWith(SharedSandbox.class)
@Tag("long")
class LanesIT {

    private static final int BACKLOG = 10_000;
    private static final int ASKED = 40;

    /** The processes share the machine's cores with the backlog; this only tells a lane of its own from none. */
    private static final double FAR_TOO_MUCH = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Stage stage;
    private final Targets targets;

    LanesIT(Stage stage) {
        this.stage = stage;
        this.targets = new Targets(stage.tenant().users());
    }

    @Test
    void the_interactive_lane_does_not_wait_for_a_backlog_on_the_bulk_lane() {
        // Given
        List<String> people = Stream.generate(targets::one).limit(BACKLOG).toList();
        milliseconds();
        double idle = milliseconds();
        Batch batch = Batch.blocking(stage, people);
        assertThat(batch.answer().body().path("taken").intValue()).isEqualTo(BACKLOG);
        int left = BACKLOG - batch.count("/ended");

        // When
        double loaded = milliseconds();
        int ended = batch.count("/ended");

        // Then
        System.out.printf(
                "Interactive latency, median of %d: idle %.1f ms, with %,d commands ahead on the bulk lane %.1f ms,"
                        + " ratio %.2f%n",
                ASKED, idle, left, loaded, loaded / idle);
        assertThat(ended).isLessThan(BACKLOG);
        assertThat(loaded / idle).isLessThan(FAR_TOO_MUCH);

        // When
        assertThat(batch.cancel().status()).isEqualTo(202);

        // Then
        await().atMost(PATIENCE).until(() -> batch.count("/ended") == BACKLOG);
        int done = batch.count("/statuses/succeeded");
        assertThat(batch.count("/statuses/cancelled")).isEqualTo(BACKLOG - done);
        assertThat(people.stream().filter(stage.tenant().users()::isBlocked)).hasSize(done);
    }

    /** From asking to the outcome, one after the other: the median. */
    private double milliseconds() {
        return IntStream.range(0, ASKED)
                        .mapToLong(_ -> {
                            String userId = targets.one();
                            long begun = System.nanoTime();
                            Answer answer = stage.ask(People.ADA, Commands.blocking(userId));
                            assertThat(answer.outcome()).isEqualTo("succeeded");
                            return System.nanoTime() - begun;
                        })
                        .sorted()
                        .skip(ASKED / 2)
                        .findFirst()
                        .orElseThrow()
                / 1e6;
    }
}
