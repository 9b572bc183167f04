package dev.mandate.worker.consumption;

import dev.mandate.worker.settings.WorkerSettings;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/** Runs the loop for as long as the application runs; when the loop fails, the application is broken and says so. */
final class WorkerLoop implements SmartLifecycle {

    private final LoopAssembly assembly;
    private final CancellationFollower follower;
    private final ApplicationEventPublisher events;
    private final Duration patience;
    private final Clock clock;
    private @Nullable ConsumptionLoop loop;
    private @Nullable Thread thread;

    WorkerLoop(
            LoopAssembly assembly,
            CancellationFollower follower,
            ApplicationEventPublisher events,
            WorkerSettings settings,
            Clock clock) {
        this.assembly = assembly;
        this.follower = follower;
        this.events = events;
        this.patience = settings.consumption().drain().multipliedBy(2).plusSeconds(10);
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        follower.start();
        ConsumptionLoop fresh = assembly.assemble();
        loop = fresh;
        thread = Thread.ofPlatform().name("consumption").start(() -> {
            try {
                fresh.run();
            } finally {
                if (!fresh.state().failure().isEmpty()) {
                    AvailabilityChangeEvent.publish(events, this, ReadinessState.REFUSING_TRAFFIC);
                    AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
                }
            }
        });
    }

    @Override
    public synchronized void stop() {
        if (loop == null || thread == null) {
            return;
        }
        loop.stop();
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
        follower.close();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /** How the loop is doing. */
    LoopState state() {
        ConsumptionLoop current = loop;
        return current == null ? LoopState.before(clock.instant()) : current.state();
    }
}
