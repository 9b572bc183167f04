package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.chaos.Plan.Planned;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    private static List<Planned> plan(long seed, Duration length) {
        return Plan.of(seed, length, List.of("worker-1", "worker-2", "worker-3"), List.of("api", "api-2"));
    }

    @Test
    void a_seed_always_means_the_same_and_another_seed_means_something_else() {
        assertThat(plan(7, LENGTH)).isEqualTo(plan(7, LENGTH)).isNotEqualTo(plan(8, LENGTH));
    }

    @Test
    void a_seed_always_asks_for_the_same() {
        var one = new Wishes(7);
        var same = new Wishes(7);

        for (int i = 0; i < 100; i++) {
            assertThat(one.next()).isEqualTo(same.next());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void within_ninety_seconds_everything_goes_wrong_that_can(long seed) {
        var blows =
                plan(seed, Duration.ofSeconds(90)).stream().map(Planned::blow).toList();

        assertThat(blows)
                .hasAtLeastOneElementOfType(Blow.Kill.class)
                .hasAtLeastOneElementOfType(Blow.Freeze.class)
                .hasAtLeastOneElementOfType(Blow.BrokerAway.class)
                .hasAtLeastOneElementOfType(Blow.Storm.class);
        assertThat(blows)
                .anyMatch(
                        blow -> blow instanceof Blow.Kill kill && kill.process().startsWith("api"));
        assertThat(blows)
                .anyMatch(
                        blow -> blow instanceof Blow.Kill kill && kill.process().startsWith("worker"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_process_that_is_hit_comes_back_before_it_is_hit_again(long seed) {
        Map<String, Duration> back = new HashMap<>();
        for (var planned : plan(seed, LENGTH)) {
            var process = switch (planned.blow()) {
                case Blow.Kill kill -> kill.process();
                case Blow.Freeze freeze -> freeze.process();
                case Blow.BrokerAway _ -> "broker";
                case Blow.Storm _ -> "tenant";
            };
            if (!process.equals("tenant")) {
                assertThat(planned.at()).isGreaterThanOrEqualTo(back.getOrDefault(process, Duration.ZERO));
                back.put(process, planned.at().plus(planned.blow().lasts()));
            }
        }
        assertThat(back).containsOnlyKeys("worker-1", "worker-2", "worker-3", "api", "api-2", "broker");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_api_has_time_to_declare_what_it_sent_in_vain_before_it_is_killed(long seed) {
        var brokerBack = Duration.ZERO.minusDays(1);
        for (var planned : plan(seed, LENGTH)) {
            if (planned.blow() instanceof Blow.BrokerAway away) {
                brokerBack = planned.at().plus(away.lasts());
            } else if (planned.blow() instanceof Blow.Kill kill
                    && kill.process().startsWith("api")) {
                assertThat(planned.at()).isGreaterThanOrEqualTo(brokerBack.plusSeconds(20));
            }
        }
    }
}
