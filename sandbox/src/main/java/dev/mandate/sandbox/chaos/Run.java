package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Api;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Narrator;
import dev.mandate.sandbox.evidence.Eventually;
import dev.mandate.sandbox.process.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Load and trouble on a sandbox, from the first request to the last outcome. */
final class Run {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);
    /** Processes come back, sessions and transactions time out, and what was begun is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Sandbox sandbox;
    private final Trial trial;
    private final Narrator narrator;
    private final Observer observer;
    private final long began = System.nanoTime();

    Run(Sandbox sandbox, Trial trial, Narrator narrator) {
        this.sandbox = sandbox;
        this.trial = trial;
        this.narrator = narrator;
        this.observer = new Observer(sandbox);
    }

    /** What happened, with these two clients of the two APIs. */
    History over(Frontend first, Frontend second) {
        var token = first.login(sandbox.people().named(People.ADA));
        var workers = sandbox.workers();
        var apis = sandbox.apis().stream().map(Api::service).toList();
        var services = Stream.concat(workers.stream(), apis.stream()).toList();
        var plan = Plan.of(trial.seed(), trial.length(), names(workers), names(apis));
        narrator.heading("Seed %d, %d s: %d things go wrong"
                .formatted(trial.seed(), trial.length().toSeconds(), plan.size()));
        try (var supervisor = new Supervisor(services)) {
            var traffic = new Traffic(List.of(first, second), token, new Wishes(trial.seed()));
            try (traffic) {
                trouble(plan, new Troublemaker(sandbox, services, supervisor), traffic);
                narrator.heading("All is well again");
            }
            tell("%d requests, %d answers of 202, otherwise %s; %d processes started again"
                    .formatted(traffic.asked(), traffic.promises().size(), traffic.others(), supervisor.restarts()));
            boolean ended = Eventually.isTrue(PATIENCE, () -> observer.open() == 0);
            tell(ended ? "every command has ended" : "%d commands have not ended".formatted(observer.open()));
            return observer.observe(traffic.promises());
        }
    }

    /** Returns when the time is over and all of it is undone. */
    private void trouble(List<Plan.Planned> plan, Troublemaker troublemaker, Traffic traffic) {
        long start = System.nanoTime();
        try (var blows = new Together()) {
            for (var planned : plan) {
                blows.begin(() -> {
                    passUntil(start, planned.at());
                    tell(planned.blow().inWords());
                    troublemaker.strike(planned.blow());
                });
            }
            for (var at = BETWEEN_REPORTS; at.compareTo(trial.length()) < 0; at = at.plus(BETWEEN_REPORTS)) {
                passUntil(start, at);
                tell("%d requests, %d answers of 202, %d writes at the tenant"
                        .formatted(
                                traffic.asked(),
                                traffic.promises().size(),
                                sandbox.simulator().journal().managementWrites().size()));
            }
            passUntil(start, trial.length());
        }
    }

    private void tell(String what) {
        narrator.remark("  %6.1f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
    }

    private static List<String> names(List<Service> services) {
        return services.stream().map(Service::name).toList();
    }

    private static void passUntil(long start, Duration at) {
        try {
            TimeUnit.NANOSECONDS.sleep(at.toNanos() - (System.nanoTime() - start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
