package dev.mandate.simulator.journal;

import dev.mandate.simulator.http.Request;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Everything that the simulator saw, as far back as its capacity reaches. A request is in it before it is answered. */
public final class RequestJournal {

    private final Clock clock;
    private final int capacity;
    private final TreeMap<Long, SeenRequest> seen = new TreeMap<>();
    private long last;

    /**
     * An empty journal.
     *
     * @param capacity how many requests it remembers; older ones are forgotten
     */
    public RequestJournal(Clock clock, int capacity) {
        this.clock = clock;
        this.capacity = capacity;
    }

    /** Notes an arrival; the answer is its number. */
    public synchronized long arrived(Request request, Optional<String> client, List<String> scopes) {
        long number = ++last;
        seen.put(
                number,
                new SeenRequest(
                        number,
                        clock.instant(),
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        request.body(),
                        request.correlationId(),
                        client,
                        scopes,
                        OptionalInt.empty(),
                        Optional.empty(),
                        List.of()));
        if (seen.size() > capacity) {
            seen.pollFirstEntry();
        }
        return number;
    }

    /** Notes which faults struck a request. */
    public void struck(long number, List<String> effects) {
        change(number, entry -> entry.struckBy(effects));
    }

    /** Notes what was decided. */
    public void answered(long number, int status) {
        change(number, entry -> entry.answered(status, clock.instant()));
    }

    /** All requests, oldest first. */
    public synchronized List<SeenRequest> all() {
        return List.copyOf(seen.values());
    }

    /** Requests after the one with this number, oldest first. */
    public synchronized List<SeenRequest> after(long number) {
        return List.copyOf(seen.tailMap(number, false).values());
    }

    /** Requests that asked to change something at the Management API, oldest first. */
    public List<SeenRequest> managementWrites() {
        return all().stream().filter(SeenRequest::isManagementWrite).toList();
    }

    /** Forgets everything; numbers go on. */
    public synchronized void clear() {
        seen.clear();
    }

    private synchronized void change(long number, UnaryOperator<SeenRequest> change) {
        seen.computeIfPresent(number, (_, entry) -> change.apply(entry));
    }
}
