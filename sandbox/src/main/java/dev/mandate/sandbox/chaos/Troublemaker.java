package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.Sandbox;
import dev.mandate.sandbox.net.Relay;
import dev.mandate.sandbox.process.Service;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Strikes a blow, and undoes it. */
final class Troublemaker {

    private static final List<String> CHANGES = List.of("POST", "PATCH");

    private final Sandbox sandbox;
    private final List<Service> services;
    private final Supervisor supervisor;

    Troublemaker(Sandbox sandbox, List<Service> services, Supervisor supervisor) {
        this.sandbox = sandbox;
        this.services = services;
        this.supervisor = supervisor;
    }

    /** Returns when it is over. */
    void strike(Blow blow) {
        switch (blow) {
            case Blow.Kill kill -> kill(named(kill.process()), kill.lasts());
            case Blow.Freeze freeze -> freeze(named(freeze.process()), freeze.lasts());
            case Blow.BrokersAway away -> withoutBrokers(away.lasts());
            case Blow.Cut cut -> cut(cut);
            case Blow.Slow slow -> slow(slow);
            case Blow.Storm storm -> injected(List.of(Fault.once(storm.effect()).always()), storm.lasts());
            case Blow.Late late -> injected(late(late), late.lasts());
        }
    }

    private void kill(Service service, Duration lasts) {
        supervisor.keepDown(service);
        try {
            service.kill();
            pass(lasts);
        } finally {
            supervisor.letUp(service);
        }
    }

    private static void freeze(Service service, Duration lasts) {
        try {
            service.pause();
        } catch (IllegalStateException e) {
            // It has just given up by itself, and will be started again.
            return;
        }
        try {
            pass(lasts);
        } finally {
            service.resume();
        }
    }

    private void withoutBrokers(Duration lasts) {
        var brokers = sandbox.broker().processes();
        brokers.forEach(supervisor::keepDown);
        try {
            sandbox.broker().stop();
            pass(lasts);
        } finally {
            brokers.forEach(supervisor::letUp);
        }
    }

    private void cut(Blow.Cut cut) {
        var relays = sandbox.relays().between(cut.process(), cut.to());
        relays.forEach(Relay::cut);
        try {
            pass(cut.lasts());
        } finally {
            relays.forEach(Relay::mend);
        }
    }

    private void slow(Blow.Slow slow) {
        var relays = sandbox.relays().between(slow.process(), slow.to());
        relays.forEach(relay -> relay.slow(slow.by()));
        try {
            pass(slow.lasts());
        } finally {
            relays.forEach(Relay::mend);
        }
    }

    private static List<Fault> late(Blow.Late late) {
        var fault = Fault.once(new Effect.Delay(late.by())).times(late.changes());
        return CHANGES.stream().map(method -> fault.on(method, "/api/v2/*")).toList();
    }

    private void injected(List<Fault> some, Duration lasts) {
        var faults = sandbox.simulator().faults();
        var numbers = some.stream().map(faults::inject).toList();
        try {
            pass(lasts);
        } finally {
            numbers.forEach(faults::remove);
        }
    }

    private Service named(String process) {
        return services.stream()
                .filter(service -> service.name().equals(process))
                .findFirst()
                .orElseThrow();
    }

    private static void pass(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
