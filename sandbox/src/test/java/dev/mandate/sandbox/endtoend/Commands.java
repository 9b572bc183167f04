package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.sandbox.demo.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Commands of one test, by whom they block: what was promised for them, and what came of them. */
final class Commands {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Stage stage;
    private final Map<String, Answer> accepted = new ConcurrentHashMap<>();

    Commands(Stage stage) {
        this.stage = stage;
    }

    /** Asks to block a person and expects the promise. */
    Answer block(String userId) {
        var answer = stage.submit(People.ADA, blocking(userId));
        assertThat(answer.status()).as(answer.inShort()).isEqualTo(202);
        accepted.put(userId, answer);
        return answer;
    }

    /** The request to block a person. */
    static Ask blocking(String userId) {
        return Ask.of("users.update", userId).with("{\"blocked\":true}");
    }

    /** The ids of all commands that were promised. */
    List<String> ids() {
        return accepted.values().stream().map(Answer::id).toList();
    }

    /** Waits until each of them has ended. */
    void awaitOutcomes(Duration patience) {
        await().atMost(patience)
                .pollInterval(BETWEEN_LOOKS)
                .until(() ->
                        outcomes().stream().map(Outcome::command).distinct().count() == accepted.size());
    }

    /** Each command has exactly one outcome, and each person was changed exactly once. */
    void assertEachHappenedOnce() {
        assertThat(outcomes().stream().map(outcome -> outcome.command().id().value()))
                .containsExactlyInAnyOrderElementsOf(ids());
        assertThat(outcomes()).allMatch(outcome -> outcome.status() == OutcomeStatus.SUCCEEDED);
        assertThat(accepted.keySet()).allSatisfy(userId -> {
            assertThat(stage.tenant().users().isBlocked(userId)).isTrue();
            // One for its creation, one for the change.
            assertThat(stage.tenant().users().revision(userId)).isEqualTo(2);
        });
    }

    /** How often Auth0 was asked to change something, by command. */
    Map<String, Long> calls() {
        return stage.sandbox().simulator().journal().managementWrites().stream()
                .flatMap(request -> request.correlationId().stream())
                .filter(ids()::contains)
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    }

    List<Outcome> outcomes() {
        return journal(Outcome.class);
    }

    List<Started> starts() {
        return journal(Started.class);
    }

    private <T extends JournalEvent> List<T> journal(Class<T> kind) {
        var ids = ids();
        return stage.evidence().journal().stream()
                .filter(event -> ids.contains(event.command().id().value()))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
