package dev.mandate.api.stream;

import dev.mandate.api.configuration.StreamLimits;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** How many streams are open, in all and per person. */
final class StreamPlaces {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final StreamLimits limits;
    private final Map<Caller.Person, Integer> open = new HashMap<>();
    private int total;

    StreamPlaces(StreamLimits limits) {
        this.limits = limits;
    }

    /** A place, given back by closing it. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place.
     *
     * @throws ProblemException with 429 {@code stream.too_many} when the person has all of his, with 503
     *     {@code stream.capacity} when all are taken
     */
    synchronized Place take(Caller caller) {
        Caller.Person person = caller.person();
        if (open.getOrDefault(person, 0) >= limits.perPerson()) {
            throw new ProblemException(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "stream.too_many",
                            "Too Many Requests",
                            "You have " + limits.perPerson() + " streams open already")
                    .retryAfter(RETRY);
        }
        if (total >= limits.total()) {
            throw full();
        }
        total++;
        open.merge(person, 1, Integer::sum);
        return () -> giveBack(person);
    }

    synchronized int count() {
        return total;
    }

    static ProblemException full() {
        return new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "stream.capacity",
                        "Service Unavailable",
                        "Too many streams are open; commands can still be read one by one")
                .retryAfter(RETRY);
    }

    private synchronized void giveBack(Caller.Person person) {
        total--;
        open.computeIfPresent(person, (key, count) -> count > 1 ? count - 1 : null);
    }
}
