package dev.mandate.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.api.security.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReplaysTest {

    private static final Caller.Person ADA = new Caller.Person("https://issuer.example/", "auth0|ada");
    private static final Caller.Person SAM = new Caller.Person("https://issuer.example/", "auth0|sam");
    private static final Caller.Person EVE = new Caller.Person("https://issuer.example/", "auth0|eve");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Replays replays = new Replays(2);

    @Test
    void A74_the_many_streams_of_one_person_leave_others_room_to_catch_up() throws Exception {
        assertThat(replays.take(ADA, Duration.ZERO)).isPresent();

        assertThat(replays.take(ADA, Duration.ZERO)).as("the same person again").isEmpty();
        assertThat(replays.take(SAM, Duration.ZERO)).as("somebody else").isPresent();
        assertThat(replays.take(EVE, Duration.ZERO)).as("one too many").isEmpty();
    }

    @Test
    void whoever_waits_has_their_turn() throws Exception {
        // Given
        StreamPlaces.Place first = replays.take(ADA, LONG).orElseThrow();
        var second = new CompletableFuture<Optional<StreamPlaces.Place>>();
        Thread.startVirtualThread(() -> {
            try {
                second.complete(replays.take(ADA, LONG));
            } catch (InterruptedException e) {
                second.completeExceptionally(e);
            }
        });

        // When
        first.close();

        // Then
        assertThat(second.get()).isPresent();
    }

    @Test
    void who_waited_in_vain_can_come_again() throws Exception {
        // Given
        StreamPlaces.Place one = replays.take(ADA, LONG).orElseThrow();
        replays.take(SAM, LONG).orElseThrow();
        assertThat(replays.take(EVE, Duration.ZERO)).isEmpty();

        // When
        one.close();

        // Then
        assertThat(replays.take(EVE, Duration.ZERO)).isPresent();
    }
}
