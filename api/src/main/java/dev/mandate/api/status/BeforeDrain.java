package dev.mandate.api.status;

import org.springframework.context.SmartLifecycle;

/**
 * Done at shutdown before the web server waits for requests to end: so that those which wait for something else end
 * themselves.
 */
public final class BeforeDrain implements SmartLifecycle {

    private final Runnable action;
    private volatile boolean running;

    /** Does this once, at shutdown. */
    public BeforeDrain(Runnable action) {
        this.action = action;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        action.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
