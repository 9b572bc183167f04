package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.client.Frontend;
import dev.mandate.sandbox.demo.Narrator;
import dev.mandate.sandbox.evidence.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Load and trouble on a sandbox, from the first request to the last outcome. */
final class Run {

    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Sandbox sandbox;
    private final Script script;
    private final Narrator narrator;
    private final Observer observer;
    private final AtomicInteger struck = new AtomicInteger();
    private final long began = System.nanoTime();

    /**
     * What a run does.
     *
     * @param seed chooses what is asked for
     * @param trouble what goes wrong
     * @param betweenRequests the clients' pace
     * @param patience how long the last outcome is waited for when all is well again
     * @param aftermath how long is waited then for what should not come any more
     */
    record Script(long seed, Trouble trouble, Duration betweenRequests, Duration patience, Duration aftermath) {}

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
        try (var supervisor = new Supervisor(services)) {
            var traffic = new Traffic(apis, token, new Wishes(script.seed()), script.betweenRequests());
            var vitals = new Vitals(System::nanoTime, traffic::promised, this::writes);
            try (traffic;
                    var reports = new Repeating(BETWEEN_REPORTS, () -> report(traffic));
                    var looks = new Repeating(BETWEEN_LOOKS, vitals::areGood)) {
                var troublemaker = new Troublemaker(sandbox, services, supervisor);
                script.trouble().make(new Trouble.Scene() {
                    @Override
                    public void strike(Blow blow) {
                        struck.incrementAndGet();
                        tell(blow.inWords());
                        troublemaker.strike(blow);
                    }

                    @Override
                    public boolean isAlive() {
                        return vitals.areGood();
                    }
                });
                narrator.heading("All is well again: %d things went wrong, and nothing was done for %d s at the most"
                        .formatted(struck.get(), vitals.longestSilence().toSeconds()));
            }
            tell("%d requests, %d answers of 202, otherwise %s; %d processes started again"
                    .formatted(traffic.asked(), traffic.promised(), traffic.others(), supervisor.restarts()));
            boolean ended = Eventually.isTrue(script.patience(), () -> observer.open() == 0);
            tell(ended ? "every command has ended" : "%d commands have not ended".formatted(observer.open()));
            pause(script.aftermath());
            return observer.observe(traffic.promises());
        }
    }

    private static void pause(Duration length) {
        try {
            TimeUnit.MILLISECONDS.sleep(length.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Traffic traffic) {
        tell("%d requests, %d answers of 202, %d writes at the tenant"
                .formatted(traffic.asked(), traffic.promised(), writes()));
    }

    private int writes() {
        return sandbox.simulator().journal().managementWrites().size();
    }

    private void tell(String what) {
        narrator.remark("  %6.1f s  %s".formatted((System.nanoTime() - began) / 1e9, what));
    }
}
