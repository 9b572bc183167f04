package dev.mandate.api.log;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** A thread with a {@link LogReader} that reads on for as long as the process runs: whatever fails is begun again. */
public final class LogLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogLoop.class);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final LogReaders readers;
    private final String name;
    private final Duration spacing;
    private final BiConsumer<LogReader, Turn> body;
    private final Runnable failed;
    private Backoff backoff = new Backoff();
    private @Nullable Thread thread;
    private volatile @Nullable LogReader reader;

    /**
     * A loop that is not started yet.
     *
     * @param name of the thread, and of the reader for the broker
     * @param spacing how much at least lies between two polls that bring something
     * @param body reads for as long as its turn lasts; may throw anything, and is then called again with a new reader
     * @param failed told when the body threw
     */
    public LogLoop(
            LogReaders readers, String name, Duration spacing, BiConsumer<LogReader, Turn> body, Runnable failed) {
        this.readers = readers;
        this.name = name;
        this.spacing = spacing;
        this.body = body;
        this.failed = failed;
    }

    /** What the body knows of the loop. */
    public interface Turn {

        /** Whether to go on. */
        boolean lasts();

        /** It works: the next failure is the first again. */
        void worked();
    }

    @Override
    public synchronized void start() {
        var fresh = new Backoff();
        backoff = fresh;
        thread = Thread.ofPlatform().name(name).daemon().start(() -> run(fresh));
    }

    @Override
    public synchronized void stop() {
        backoff.stop();
        LogReader current = reader;
        if (current != null) {
            current.wakeup();
        }
        Thread running = thread;
        if (running != null) {
            try {
                running.join(STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /** Started before the web server and stopped after it: requests that are still being answered may need it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run(Backoff pauses) {
        while (pauses.lasts()) {
            try (LogReader opened = readers.open(name, spacing)) {
                reader = opened;
                body.accept(opened, pauses);
            } catch (WakeupException e) {
                LOG.atDebug().addKeyValue("reader", name).log("Woken up to stop");
            } catch (RuntimeException | Error e) {
                // An error, too: a thread that has ended in silence would look as if there were nothing to read.
                failed.run();
                // The cause's text may quote statements and addresses, but never a value: parameters aren't logged.
                LOG.atWarn()
                        .addKeyValue("reader", name)
                        .addKeyValue("reason", e.getClass().getSimpleName() + ": " + e.getMessage())
                        .log("Following the log is interrupted, trying again");
                pauses.pause();
            } finally {
                reader = null;
            }
        }
    }
}
