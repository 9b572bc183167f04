package dev.mandate.simulator.tenant;

import dev.mandate.simulator.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The tenant's log: what Auth0 itself remembers of calls, whoever made them. */
public final class TenantLog {

    private static final int CORRELATION_LENGTH = 64;

    private final Clock clock;
    private final int capacity;
    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private Duration lag = Duration.ZERO;
    private long written;

    /**
     * An empty log.
     *
     * @param clock dates the entries
     * @param capacity how many entries it keeps; older ones are forgotten
     */
    public TenantLog(Clock clock, int capacity) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Writes one entry about a request. */
    public synchronized void write(
            String type,
            String description,
            String clientId,
            Optional<String> authUser,
            Request request,
            List<String> scopes,
            int status) {
        Optional<String> correlation = request.correlationId()
                .map(id -> id.length() > CORRELATION_LENGTH ? id.substring(0, CORRELATION_LENGTH) : id);
        entries.add(new LogEntry(
                "900%017d".formatted(++written),
                clock.instant(),
                type,
                description,
                clientId,
                authUser,
                request.method(),
                request.path(),
                scopes,
                status,
                correlation));
        if (entries.size() > capacity) {
            entries.removeFirst();
        }
    }

    /** From now on entries can be read only so long after they were written, as at Auth0, where it takes seconds. */
    public synchronized void lag(Duration time) {
        lag = time;
    }

    /** What can be read of it by now, oldest first. */
    public synchronized List<LogEntry> readable() {
        Instant until = clock.instant().minus(lag);
        return entries.stream().filter(entry -> !entry.date().isAfter(until)).toList();
    }

    /** Everything so far, oldest first. */
    public synchronized List<LogEntry> entries() {
        return List.copyOf(entries);
    }

    /** Forgets everything, and lags no more. */
    public synchronized void clear() {
        entries.clear();
        lag = Duration.ZERO;
    }
}
