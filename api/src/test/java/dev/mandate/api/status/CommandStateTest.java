package dev.mandate.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandStateTest {

    private static CommandState started(long at, int attempt) {
        return new CommandState(
                "id",
                Optional.empty(),
                Optional.of(new CommandState.Started(Instant.ofEpochSecond(at), attempt)),
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
}
