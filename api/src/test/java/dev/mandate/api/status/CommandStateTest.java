package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandStateTest {

    private static CommandState started(long at, int attempt) {
        return new CommandState(
                "id",
                Optional.empty(),
                Optional.of(new CommandState.Started(Instant.ofEpochSecond(at), attempt)),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void the_first_start_and_the_last_attempt_are_known_whichever_comes_first() {
        CommandState expected = started(1, 2);
        assertThat(started(1, 1).and(started(5, 2))).isEqualTo(expected);
        assertThat(started(5, 2).and(started(1, 1))).isEqualTo(expected);
        assertThat(expected.and(CommandState.unknown("id"))).isEqualTo(expected);
        assertThat(CommandState.unknown("id").and(expected)).isEqualTo(expected);
    }

    @Test
    void a_command_is_accepted_until_it_is_started() {
        assertThat(CommandState.unknown("id").status()).isEqualTo("accepted");
        assertThat(started(1, 1).status()).isEqualTo("started");
    }

    private static CommandState unknown(long offset) {
        return new CommandState(
                "id",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CommandState.Ended(
                        "unknown",
                        offset,
                        Optional.empty(),
                        Instant.EPOCH,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty())),
                Optional.empty());
    }

    private static CommandState resolved(String verdict, long outcome, long offset) {
        var word = new CommandState.Resolved(
                verdict,
                "Seen",
                new Owner("https://issuer.example/", "auth0|rosa", Optional.empty()),
                outcome,
                new LogRecord.Position(Topics.CONTROL, 1, offset),
                Instant.EPOCH);
        return new CommandState("id", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(word));
    }

    @Test
    void of_two_words_the_one_that_was_appended_first_counts_whichever_is_heard_first() {
        CommandState first = resolved("done", 7, 3);
        CommandState second = resolved("not_done", 7, 4);
        assertThat(unknown(7).and(first).and(second).resolution())
                .map(CommandState.Resolved::verdict)
                .contains("done");
        assertThat(unknown(7).and(second).and(first).resolution())
                .map(CommandState.Resolved::verdict)
                .contains("done");
        assertThat(unknown(7).and(first).status()).isEqualTo("unknown");
    }

    @Test
    void a_word_on_another_outcome_or_on_none_settles_nothing() {
        assertThat(unknown(7).and(resolved("done", 8, 3)).resolution()).isEmpty();
        assertThat(started(1, 1).and(resolved("done", 8, 3)).resolution()).isEmpty();
    }
}
