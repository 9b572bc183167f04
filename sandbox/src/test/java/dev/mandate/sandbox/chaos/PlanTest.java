package dev.mandate.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.sandbox.chaos.Plan.Planned;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Cast CAST = new Cast(
            List.of("worker-1", "worker-2", "worker-3"),
            List.of("api", "api-2"),
            List.of("broker-1", "broker-2", "broker-3"));

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    private static List<Planned> plan(long seed, Duration length) {
        return Plan.of(seed, length, CAST);
    }

    private static Predicate<Blow> hits(Class<? extends Blow> kind, List<String> processes) {
        return blow -> kind.isInstance(blow) && processes.stream().anyMatch(blow::hits);
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
    void within_three_minutes_everything_goes_wrong_that_can(long seed) {
        var blows =
                plan(seed, Duration.ofMinutes(3)).stream().map(Planned::blow).toList();

        assertThat(blows)
                .anyMatch(hits(Blow.Kill.class, CAST.workers()))
                .anyMatch(hits(Blow.Kill.class, CAST.apis()))
                .anyMatch(hits(Blow.Kill.class, CAST.brokers()))
                .anyMatch(hits(Blow.Freeze.class, CAST.workers()))
                .anyMatch(hits(Blow.Freeze.class, CAST.apis()))
                .anyMatch(hits(Blow.Freeze.class, CAST.brokers()))
                .anyMatch(hits(Blow.Cut.class, CAST.workers()))
                .anyMatch(hits(Blow.Cut.class, CAST.apis()))
                .anyMatch(hits(Blow.Slow.class, CAST.workers()))
                .anyMatch(hits(Blow.Slow.class, CAST.apis()));
        assertThat(blows)
                .hasAtLeastOneElementOfType(Blow.BrokersAway.class)
                .hasAtLeastOneElementOfType(Blow.Storm.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_process_that_is_hit_comes_back_before_it_is_hit_again(long seed) {
        Map<String, Duration> back = new HashMap<>();
        Stream.of(CAST.workers(), CAST.apis(), CAST.brokers())
                .flatMap(List::stream)
                .forEach(process -> {
                    for (var planned : plan(seed, LENGTH)) {
                        if (planned.blow().hits(process)) {
                            assertThat(planned.at()).isGreaterThanOrEqualTo(back.getOrDefault(process, Duration.ZERO));
                            back.put(process, planned.at().plus(planned.blow().lasts()));
                        }
                    }
                });
        assertThat(back).hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void two_of_three_brokers_are_there_unless_all_are_killed_at_once(long seed) {
        var back = Duration.ZERO;
        for (var planned : plan(seed, LENGTH)) {
            if (isBrokers(planned.blow())) {
                assertThat(planned.at()).isGreaterThanOrEqualTo(back);
                back = planned.at().plus(planned.blow().lasts());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_api_has_time_to_declare_what_it_sent_in_vain_before_it_is_killed(long seed) {
        Map<String, Duration> sentInVain = new HashMap<>();
        for (var planned : plan(seed, LENGTH)) {
            var over = planned.at().plus(planned.blow().lasts());
            for (var api : CAST.apis()) {
                if (planned.blow() instanceof Blow.Kill kill && kill.process().equals(api)) {
                    assertThat(planned.at())
                            .isGreaterThanOrEqualTo(sentInVain
                                    .getOrDefault(api, Duration.ofMinutes(-1))
                                    .plusSeconds(20));
                } else if (planned.blow().hits(api) || isBrokers(planned.blow())) {
                    sentInVain.put(api, over);
                }
            }
        }
    }

    private static boolean isBrokers(Blow blow) {
        return blow instanceof Blow.BrokersAway || CAST.brokers().stream().anyMatch(blow::hits);
    }
}
