package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.topic.Lane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(4);
    private final OwnedPartition home = new OwnedPartition(0);
    private final List<Places.Place> given = new ArrayList<>();
    private final List<String> order = new ArrayList<>();

    @Test
    void no_more_places_are_given_than_there_are() {
        ask(Lane.INTERACTIVE, 6);

        places.give();
        assertThat(given).hasSize(4);

        given.getFirst().leave();
        given.getFirst().leave();
        places.give();
        assertThat(given).hasSize(5);
    }

    @Test
    void the_interactive_lane_goes_first_and_the_last_place_is_kept_for_it() {
        ask(Lane.BULK, 6);
        places.give();
        assertThat(given).hasSize(3);

        ask(Lane.INTERACTIVE, 2);
        places.give();
        given.getFirst().leave();
        places.give();

        assertThat(order).containsExactly("BULK", "BULK", "BULK", "INTERACTIVE", "INTERACTIVE");
    }

    @Test
    void who_waits_for_a_partition_that_is_gone_is_given_none_and_who_does_nothing_yet_has_it_taken_away() {
        ask(Lane.INTERACTIVE, 4);
        places.give();
        given.getFirst().occupy();
        ask(Lane.INTERACTIVE, 1);
        home.leave();

        places.dropGone();
        places.give();

        assertThat(given).hasSize(4);
        assertThat(places.taken()).as("what is under way").isEqualTo(1);
    }

    private void ask(Lane lane, int times) {
        for (int i = 0; i < times; i++) {
            places.ask(lane, home, place -> {
                given.add(place);
                order.add(lane.name());
            });
        }
    }
}
