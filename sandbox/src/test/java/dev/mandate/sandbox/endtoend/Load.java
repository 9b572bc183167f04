package dev.mandate.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Commands that keep coming at a steady pace until it is closed; each of them must be taken. */
final class Load implements AutoCloseable {

    private static final long BETWEEN_COMMANDS_MILLIS = 50;

    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Load(Commands commands, Targets targets) {
        pace.scheduleAtFixedRate(
                () -> {
                    try {
                        commands.block(targets.one());
                    } catch (RuntimeException | AssertionError e) {
                        failures.add(e);
                    }
                },
                0,
                BETWEEN_COMMANDS_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        pace.close();
        assertThat(failures).isEmpty();
    }
}
