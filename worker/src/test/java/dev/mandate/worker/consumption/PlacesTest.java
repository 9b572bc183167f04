package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.MovableClock;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.worker.limits.Closed;
import dev.mandate.worker.limits.Family;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Family USERS = new Family("write users");
    private static final Family ROLES = new Family("write roles");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private final Map<Family, Closed> shut = new HashMap<>();
    private final Places places = new Places(4, (family, lane) -> Optional.ofNullable(shut.get(family)), clock);
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
    void the_bulk_lane_takes_little_while_the_interactive_one_is_in_use() {
        ask(Lane.INTERACTIVE, 1);
        places.give();
        given.getFirst().leave();

        ask(Lane.BULK, 6);
        places.give();
        assertThat(order).containsExactly("INTERACTIVE", "BULK");

        clock.move(Duration.ofSeconds(3));
        places.give();
        assertThat(order).containsExactly("INTERACTIVE", "BULK", "BULK", "BULK");
    }

    @Test
    void who_is_waited_for_in_the_interactive_lane_goes_before_the_rest_of_the_bulk_lane() {
        ask(Lane.BULK, 6);
        Waiting last = places.ask(Lane.BULK, home, place -> order.add("hurried"));
        Waiting payer = places.ask(Lane.BULK, USERS, home, NOW.plusSeconds(60), place -> order.add("hurried, paying"));

        last.hurry();
        payer.hurry();
        places.give();

        assertThat(order).containsExactly("hurried", "hurried, paying", "BULK");
    }

    @Test
    void who_was_given_a_place_is_given_no_other_for_being_hurried() {
        Waiting waiting = places.ask(Lane.BULK, home, place -> order.add("given"));
        places.give();

        waiting.hurry();
        places.give();

        assertThat(order).containsExactly("given");
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

    @Test
    void who_can_not_pay_the_toll_takes_no_place_and_keeps_nobody_waiting_who_can() {
        shut.put(USERS, new Closed(Duration.ofSeconds(3), "upstream.rate_limited", "Used up"));
        pay(USERS, 10);
        pay(ROLES, 1);
        ask(Lane.BULK, 1);

        places.give();

        assertThat(order).containsExactly("write roles", "BULK");
        assertThat(places.paying()).isEqualTo(10);
        assertThat(places.again()).contains(NOW.plusSeconds(3));

        shut.clear();
        places.give();

        assertThat(order).hasSize(4);
        assertThat(places.paying()).isEqualTo(8);
        assertThat(places.again()).isEmpty();
    }

    @Test
    void who_waits_for_the_toll_beyond_the_deadline_is_let_go_with_the_reason() {
        shut.put(USERS, new Closed(Duration.ofSeconds(3), "upstream.unavailable", "Away"));
        pay(USERS, 2);
        places.ask(Lane.BULK, USERS, home, NOW.plusSeconds(5), given::add);
        clock.move(Duration.ofSeconds(5));

        places.give();

        assertThat(given)
                .singleElement()
                .satisfies(place -> assertThat(place.unpaid())
                        .hasValueSatisfying(closed -> assertThat(closed.code()).isEqualTo("upstream.unavailable")));
        assertThat(places.paying()).isEqualTo(2);
    }

    @Test
    void families_take_turns() {
        pay(USERS, 3);
        pay(ROLES, 1);

        places.give();

        assertThat(order).containsExactly("write users", "write roles", "write users", "write users");
    }

    @Test
    void who_waits_for_the_toll_for_a_partition_that_is_gone_is_forgotten() {
        shut.put(USERS, new Closed(Duration.ofSeconds(3), "upstream.unavailable", "Away"));
        pay(USERS, 2);
        home.leave();

        places.dropGone();

        assertThat(places.paying()).isZero();
    }

    private void pay(Family family, int times) {
        for (int i = 0; i < times; i++) {
            places.ask(Lane.INTERACTIVE, family, home, NOW.plusSeconds(60), place -> {
                given.add(place);
                order.add(family.name());
            });
        }
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
