package dev.mandate.sandbox.demo;

import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.sandbox.evidence.Eventually;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A worker that dies in the middle of its work. */
final class Crash {

    private static final int COMMANDS = 20;
    private static final int BEFORE_THE_KILL = 14;
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private final Stage stage;

    Crash(Stage stage) {
        this.stage = stage;
    }

    List<Step> steps() {
        return List.of(new Step("The worker is killed with -9 in the middle of twenty commands", this::killed));
    }

    private void killed(Scene scene) {
        var worker = stage.sandbox().workers().getFirst();
        List<Answer> accepted = new ArrayList<>();

        scene.asked("ada.admin blocks %d users, one after the other; Auth0 is slow with every second one"
                .formatted(COMMANDS));
        slow().forEach(this::slowDown);
        submit(accepted, 0, BEFORE_THE_KILL);
        Eventually.isTrue(
                Stage.PATIENCE,
                () -> slow().allMatch(number -> isCalled(accepted.get(number)))
                        && outcomes(accepted).size() == BEFORE_THE_KILL - slow().count());
        scene.asked("after %d of them: kill -9 of %s; the others come while it is dead"
                .formatted(BEFORE_THE_KILL, worker.name()));
        worker.kill();
        stage.sandbox().simulator().faults().clear();
        submit(accepted, BEFORE_THE_KILL, COMMANDS);
        long ended = outcomes(accepted).size();
        long underWay = starts(accepted) - ended;
        scene.back("%d had ended, %d were under way, %d came after"
                .formatted(ended, underWay, COMMANDS - BEFORE_THE_KILL));
        scene.asked("it is started again");
        stage.sandbox().restart(worker);
        Eventually.isTrue(RECOVERY, () -> outcomes(accepted).size() >= COMMANDS);
        var outcomes = outcomes(accepted);
        long second = outcomes.stream().filter(outcome -> outcome.attempt() > 1).count();
        scene.back("%d outcomes; %d commands took a second attempt".formatted(outcomes.size(), second));

        scene.expect(
                "some had ended, and some were under way",
                underWay == slow().count() && ended + underWay == BEFORE_THE_KILL);
        scene.expect(
                "all were accepted, with and without a worker",
                accepted.stream().allMatch(answer -> answer.status() == 202));
        scene.expect("every command has exactly one outcome, and it is succeeded", succeededOnce(outcomes));
        scene.expect("what was under way took a second attempt, and nothing else did", second == underWay);
        scene.expect("Auth0 was asked once for each attempt", calledOncePerAttempt(outcomes));
        scene.expect(
                "each user is blocked",
                IntStream.range(0, COMMANDS)
                        .allMatch(i -> stage.tenant().users().isBlocked(DemoSeed.crowd(i))));
    }

    /** The numbers of those that Auth0 takes its time over. */
    private static IntStream slow() {
        return IntStream.range(0, BEFORE_THE_KILL).filter(number -> number % 2 == 1);
    }

    private void slowDown(int number) {
        stage.sandbox()
                .simulator()
                .faults()
                .inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/" + DemoSeed.crowd(number)));
    }

    private void submit(List<Answer> accepted, int from, int to) {
        for (int i = from; i < to; i++) {
            accepted.add(stage.submit(
                    People.ADA, Ask.of("users.update", DemoSeed.crowd(i)).with("{\"blocked\":true}")));
        }
    }

    private boolean isCalled(Answer command) {
        return !stage.callsFor(command.id()).isEmpty();
    }

    private static boolean succeededOnce(List<Outcome> outcomes) {
        return outcomes.size() == COMMANDS
                && outcomes.stream().map(Outcome::command).distinct().count() == COMMANDS
                && outcomes.stream().allMatch(outcome -> outcome.status() == OutcomeStatus.SUCCEEDED);
    }

    /** How many of the commands were started at least once. */
    private long starts(List<Answer> commands) {
        return journal(commands).stream()
                .filter(Started.class::isInstance)
                .map(JournalEvent::command)
                .distinct()
                .count();
    }

    private List<JournalEvent> journal(List<Answer> commands) {
        var ids = commands.stream().map(Answer::id).toList();
        return stage.evidence().journal().stream()
                .filter(event -> ids.contains(event.command().id().value()))
                .toList();
    }

    private List<Outcome> outcomes(List<Answer> commands) {
        return journal(commands).stream()
                .filter(Outcome.class::isInstance)
                .map(Outcome.class::cast)
                .toList();
    }

    private boolean calledOncePerAttempt(List<Outcome> outcomes) {
        return outcomes.stream()
                .allMatch(outcome ->
                        stage.callsFor(outcome.command().id().value()).size() == outcome.attempt());
    }
}
