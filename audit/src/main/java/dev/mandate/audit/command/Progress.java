package dev.mandate.audit.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Says how far the reading has come, to a person who has begun to wonder. */
final class Progress implements LongConsumer, AutoCloseable {

    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();
    private static final long INTERVAL = Duration.ofMillis(200).toNanos();
    private static final String CLEAR = "\r\033[K";

    private final PrintStream err;
    private final boolean terminal;
    private final long about;
    private long next = System.nanoTime() + PATIENCE;
    private boolean shown;

    /**
     * Progress on a terminal; elsewhere it stays silent.
     *
     * @param about how many records there may be
     */
    Progress(PrintStream err, boolean terminal, long about) {
        this.err = err;
        this.terminal = terminal;
        this.about = about;
    }

    @Override
    public void accept(long records) {
        long now = System.nanoTime();
        if (terminal && now - next >= 0) {
            next = now + INTERVAL;
            shown = true;
            err.printf("%sReading: %,d of about %,d records", CLEAR, records, about);
            err.flush();
        }
    }

    @Override
    public void close() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
