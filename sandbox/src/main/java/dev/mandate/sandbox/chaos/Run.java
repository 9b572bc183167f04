package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Narrator;
import dev.mandate.sandbox.evidence.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Load and trouble on a sandbox, from the first request to the last outcome. */
final class Run {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);

    private final Sandbox sandbox;
    private final Script script;
    private final Narrator narrator;
    private final Observer observer;
    private final long began = System.nanoTime();

    /**
     * What a run does.
     *
     * @param trial chooses what is asked for, and says for how long
     * @param plan what goes wrong
     * @param betweenRequests the clients' pace
     * @param patience how long the last outcome is waited for when all is well again
     */
    record Script(Trial trial, List<Plan.Planned> plan, Duration betweenRequests, Duration patience) {

        /** Copies the list. */
        Script {
            plan = List.copyOf(plan);
        }
    }

    Run(Sandbox sandbox, Script script, Narrator narrator) {
        this.sandbox = sandbox;
        this.script = script;
        this.narrator = narrator;
        this.observer = new Observer(sandbox);
    }

    /** What happened, with a client for each API. */
    History over(List<Frontend> apis) {
        var token = apis.getFirst().login(sandbox.people().named(People.ADA));
        var services = Cast.services(sandbox);
        narrator.heading("Seed %d, %d s: %d things go wrong"
                .formatted(
                        script.trial().seed(),
                        script.trial().length().toSeconds(),
                        script.plan().size()));
        try (var supervisor = new Supervisor(services)) {
            var traffic = new Traffic(apis, token, new Wishes(script.trial().seed()), script.betweenRequests());
            try (traffic) {
                trouble(new Troublemaker(sandbox, services, supervisor), traffic);
                narrator.heading("All is well again");
            }
            tell("%d requests, %d answers of 202, otherwise %s; %d processes started again"
                    .formatted(traffic.asked(), traffic.promises().size(), traffic.others(), supervisor.restarts()));
            boolean ended = Eventually.isTrue(script.patience(), () -> observer.open() == 0);
            tell(ended ? "every command has ended" : "%d commands have not ended".formatted(observer.open()));
            return observer.observe(traffic.promises());
        }
    }

    /** Returns when the time is over and all of it is undone. */
    private void trouble(Troublemaker troublemaker, Traffic traffic) {
        long start = System.nanoTime();
        var length = script.trial().length();
        try (var blows = new Together()) {
            for (var planned : script.plan()) {
                blows.begin(() -> {
                    passUntil(start, planned.at());
                    tell(planned.blow().inWords());
                    troublemaker.strike(planned.blow());
                });
            }
            for (var at = BETWEEN_REPORTS; at.compareTo(length) < 0; at = at.plus(BETWEEN_REPORTS)) {
                passUntil(start, at);
                tell("%d requests, %d answers of 202, %d writes at the tenant"
                        .formatted(
                                traffic.asked(),
                                traffic.promises().size(),
                                sandbox.simulator().journal().managementWrites().size()));
            }
            passUntil(start, length);
        }
    }

    private void tell(String what) {
        narrator.remark("  %6.1f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
    }

    private static void passUntil(long start, Duration at) {
        try {
            TimeUnit.NANOSECONDS.sleep(at.toNanos() - (System.nanoTime() - start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
