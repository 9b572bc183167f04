package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.process.Service;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts processes again that have ended, whether they were killed or gave up, as a platform would. */
final class Supervisor implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final List<Service> services;
    private final Set<Service> keptDown = ConcurrentHashMap.newKeySet();
    private final Repeating looks;
    private final AtomicInteger restarts = new AtomicInteger();

    Supervisor(List<Service> services) {
        this.services = services;
        this.looks = new Repeating(BETWEEN_LOOKS, this::look);
    }

    /** Does not start it until {@link #letUp}. */
    void keepDown(Service service) {
        keptDown.add(service);
    }

    void letUp(Service service) {
        keptDown.remove(service);
    }

    /** How often something was started again. */
    int restarts() {
        return restarts.get();
    }

    /** Starts nothing more. */
    @Override
    public void close() {
        looks.close();
    }

    private void look() {
        for (var service : services) {
            if (!service.isRunning() && !keptDown.contains(service)) {
                service.start();
                restarts.incrementAndGet();
            }
        }
    }
}
