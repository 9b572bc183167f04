package dev.mandate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.simulator.journal.SeenRequest;
import dev.mandate.simulator.management.RateLimit;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.worker.rig.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three workers and a tenant that limits its rate. What they make of it is measured exactly in simulated time
 * ({@code RateShareTest}); here it is shown that the workers do as they were simulated, with room for a slow machine.
 */
class RateLimitIT {

    private static final RateLimit LIMIT = new RateLimit(10, 3);
    private static final int CROWD = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Rig rig;
    private String token;

    @BeforeEach
    void start() {
        rig = Rig.start();
        token = rig.intake().token(DemoSeed.ADA);
        rig.simulator().limit(LIMIT);
        for (int i = 1; i <= 3; i++) {
            rig.startWorker("worker-" + i, Map.of("mandate.authorization.facts-max-age", "5m"));
        }
        Set<String> workers = new HashSet<>();
        while (workers.size() < 3) {
            workers.clear();
            List<Command> round = send(users(), CROWD / 2);
            round.forEach(
                    command -> workers.add(rig.tap().outcome(command, PATIENCE).worker()));
        }
        rig.simulator().journal().clear();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void three_workers_share_the_limit_and_are_hardly_ever_refused() {
        work(users(), 75);

        assertThat(refused()).isLessThan(0.03);
        assertThat(used()).isGreaterThan(0.6);
    }

    @Test
    void a_load_that_sits_on_one_partition_gets_most_of_the_limit() {
        int partition = command(DemoSeed.crowd(0)).bind().partition();
        List<String> users = users().stream()
                .filter(user -> command(user).bind().partition() == partition)
                .toList();

        work(users, 75);

        assertThat(refused()).isLessThan(0.03);
        assertThat(used()).isGreaterThan(0.6);
    }

    private void work(List<String> users, int count) {
        send(users, count)
                .forEach(command -> assertThat(
                                rig.tap().outcome(command, PATIENCE).status())
                        .isEqualTo(OutcomeStatus.SUCCEEDED));
    }

    /** Of all calls, look-ups included, the part that was answered 429. */
    private double refused() {
        List<SeenRequest> calls = calls();
        return calls.stream().filter(RateLimitIT::isRefused).count() / (double) calls.size();
    }

    /** What was let through, as a part of all that could have been. */
    private double used() {
        List<SeenRequest> passed =
                calls().stream().filter(call -> !isRefused(call)).toList();
        double seconds =
                Duration.between(passed.getFirst().at(), passed.getLast().at()).toMillis() / 1000.0;
        return passed.size() / (LIMIT.burst() + LIMIT.perSecond() * seconds);
    }

    private List<SeenRequest> calls() {
        return rig.simulator().journal().all().stream()
                .filter(call -> call.path().startsWith("/api/v2/"))
                .toList();
    }

    private static boolean isRefused(SeenRequest call) {
        return call.status().orElse(0) == 429;
    }

    private static List<String> users() {
        return IntStream.range(0, CROWD).mapToObj(DemoSeed::crowd).toList();
    }

    private List<Command> send(List<String> users, int count) {
        List<Command> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(rig.intake().send(command(users.get(i % users.size()))));
        }
        return sent;
    }

    private Command command(String user) {
        return rig.intake()
                .commandWith(token, "users.update", "{\"id\":\"" + user + "\",\"body\":{\"nickname\":\"x\"}}");
    }
}
