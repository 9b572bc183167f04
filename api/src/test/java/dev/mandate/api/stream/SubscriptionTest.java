package dev.mandate.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPositions;
import dev.mandate.contracts.TestCommands;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final Duration NOW = Duration.ZERO;

    private static LogEvent event() {
        var command = TestCommands.blockUser(
                "auth0|1", TestCommands.requester("https://issuer.example/", List.of()), Clock.systemUTC());
        return new LogEvent.Commanded(new ReceivedCommand(
                command,
                new byte[0],
                "sha-256:x",
                "intake-1",
                new LogRecord.Position("mandate.commands", 0, 0),
                Instant.EPOCH));
    }

    private static Subscription subscription(int capacity) {
        return new Subscription(new Scope.Single("x"), LogPositions.of(Map.of()), null, capacity);
    }

    @Test
    void a_client_that_reads_too_slowly_is_cut_and_nothing_more_is_kept_for_it() throws Exception {
        // Given
        Subscription subscription = subscription(2);
        // When
        for (int i = 0; i < 100; i++) {
            subscription.offer(event());
        }
        // Then
        assertThat(subscription.next(NOW)).contains(new Item.Cut(EndReason.SLOW));
        assertThat(subscription.next(NOW)).isEmpty();
    }

    @Test
    void as_many_events_as_the_buffer_holds_are_kept() throws Exception {
        // Given
        Subscription subscription = subscription(2);
        // When
        subscription.offer(event());
        subscription.offer(event());
        // Then
        assertThat(subscription.next(NOW)).get().isInstanceOf(Item.Happened.class);
        assertThat(subscription.next(NOW)).get().isInstanceOf(Item.Happened.class);
        assertThat(subscription.next(NOW)).isEmpty();
    }
}
