package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.demo.Stage;
import dev.mandate.sandbox.process.Service;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several worker processes share the partitions; one of them dies in the middle of its work. */
@ExtendWith(SharedSandbox.class)
class WorkersIT {

    private static final String GROUP = "mandate-worker";
    private static final int PARTITIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TAKEOVER = Duration.ofSeconds(90);

    private final Sandbox sandbox;
    private final Stage stage;
    private final Commands commands;
    private final Targets targets;

    WorkersIT(Sandbox sandbox, Stage stage) {
        this.sandbox = sandbox;
        this.stage = stage;
        this.commands = new Commands(stage);
        this.targets = new Targets(stage.tenant().users());
    }

    @BeforeEach
    void three_workers_share_the_partitions() throws Exception {
        sandbox.addWorker();
        sandbox.addWorker();
        try (var admin = Admin.create(sandbox.broker()
                .users()
                .administrator()
                .clientProperties(sandbox.broker().bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> shares(admin).equals(List.of(2L, 2L, 2L)));
        }
    }

    @AfterEach
    void one_worker_is_left() {
        sandbox.simulator().faults().clear();
        for (var worker : sandbox.workers().subList(1, sandbox.workers().size())) {
            sandbox.remove(worker);
        }
        var first = sandbox.workers().getFirst();
        if (!first.isRunning()) {
            sandbox.restart(first);
        }
    }

    @Test
    void what_a_killed_worker_had_begun_the_others_finish_and_nobody_is_changed_twice() {
        // Given
        var all = targets.perPartition(4, PARTITIONS);
        var quick = all.subList(0, PARTITIONS);
        var slow = all.subList(PARTITIONS, 2 * PARTITIONS);
        quick.forEach(commands::block);
        await().atMost(PATIENCE).until(() -> commands.outcomes().size() == quick.size());
        // Held last, since a call that is held for long is given up and made again.
        slow.forEach(this::hold);
        var held = slow.stream().map(commands::block).map(Answer::id).toList();
        await().atMost(PATIENCE).until(() -> commands.calls().keySet().containsAll(held));
        var workerOf = workersOf(commands.starts());
        assertThat(workerOf.values()).containsAll(names(sandbox.workers()));

        // When
        var victim = sandbox.workers().get(1);
        var orphaned = held.stream()
                .filter(id -> victim.name().equals(workerOf.get(id)))
                .toList();
        victim.kill();
        sandbox.simulator().faults().clear();
        all.subList(2 * PARTITIONS, all.size()).forEach(commands::block);

        // Then
        commands.awaitOutcomes(TAKEOVER);
        commands.assertEachHappenedOnce();
        assertThat(orphaned).isNotEmpty();
        var secondTries = commands.outcomes().stream()
                .filter(outcome -> outcome.attempt() > 1)
                .toList();
        assertThat(secondTries.stream().map(outcome -> outcome.command().id().value()))
                .containsExactlyInAnyOrderElementsOf(orphaned);
        assertThat(secondTries).noneMatch(outcome -> name(outcome.worker()).equals(victim.name()));
        assertThat(commands.calls())
                .containsExactlyInAnyOrderEntriesOf(commands.ids().stream()
                        .collect(Collectors.toMap(Function.identity(), id -> orphaned.contains(id) ? 2L : 1L)));
    }

    private void hold(String userId) {
        sandbox.simulator().faults().inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/" + userId));
    }

    /** How many partitions of the commands each member of the group has, ascending. */
    private static List<Long> shares(Admin admin) throws Exception {
        var group = admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP);
        return group.members().stream()
                .map(member -> member.assignment().topicPartitions().stream()
                        .filter(partition -> partition.topic().equals(Topics.COMMANDS))
                        .count())
                .sorted()
                .toList();
    }

    /** The worker that has started each command last. */
    private static Map<String, String> workersOf(List<Started> starts) {
        return starts.stream()
                .collect(Collectors.toMap(
                        started -> started.command().id().value(),
                        started -> name(started.worker()),
                        (earlier, later) -> later));
    }

    private static List<String> names(List<Service> workers) {
        return workers.stream().map(Service::name).toList();
    }

    private static String name(String workerAndStart) {
        return workerAndStart.substring(0, workerAndStart.indexOf('/'));
    }
}
