package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.CancellationReader;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCancellation;
import dev.mandate.contracts.command.Requester;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.worker.verification.KeysUnavailableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people have called off of their own, as long as any of it can be left to begin. The follower puts in what it
 * reads, the loop asks.
 */
final class Cancellations {

    /** More than that many, some 20 MB, are not kept: whoever floods the control topic must not stop a worker. */
    private static final int MOST = 100_000;

    /** Of one person not more than that many, so that nobody uses up what is there for everybody. */
    static final int MOST_OF_ONE = MOST / 10;

    private static final Logger LOG = LoggerFactory.getLogger(Cancellations.class);

    private final CancellationReader reader;
    private final TokenCheck tokens;
    private final Duration reach;
    private final int mostOfOne;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Person, Integer> ofEach = new HashMap<>();
    private final Map<LogRecord.Position, ReceivedCancellation> undecided = new LinkedHashMap<>();

    /** Makes sure that a cancellation's token is genuine, and is what it says of itself. */
    interface TokenCheck {
        void check(ReceivedCancellation received) throws RejectedException, KeysUnavailableException;
    }

    private record Person(String issuer, String subject) {}

    private record Key(Cancellation.Kind kind, String id, Person person, Optional<String> organization) {}

    private record Entry(String payloadHash, Instant until) {}

    /**
     * Remembers none yet.
     *
     * @param reach how long after its cancellation a command may be left to begin, whatever the cancellation says
     * @param mostOfOne how many of one person are kept
     */
    Cancellations(
            CancellationReader reader,
            TokenCheck tokens,
            Duration reach,
            int mostOfOne,
            Clock clock,
            MeterRegistry meters) {
        this.reader = reader;
        this.tokens = tokens;
        this.reach = reach;
        this.mostOfOne = mostOfOne;
        this.clock = clock;
        this.meters = meters;
        Gauge.builder("mandate.cancellations", entries, Map::size)
                .description("Cancellations that are remembered")
                .register(meters);
    }

    /** Takes in a record of the control topic, of which nothing is known but that somebody could write it. */
    void read(LogRecord found) {
        if (!CancellationReader.claimsToBeOne(found)) {
            return;
        }
        try {
            take(reader.read(found));
        } catch (RejectedException e) {
            refused(found.position(), e.code().code());
        } catch (RuntimeException e) {
            refused(found.position(), RejectionCode.CLAIMS_MALFORMED.code());
        }
    }

    /** Tries those again for which a key could not be had: their issuer's, or one of ours. */
    void retry() {
        List<ReceivedCancellation> again = List.copyOf(undecided.values());
        undecided.clear();
        again.forEach(this::take);
    }

    private void take(ReceivedCancellation received) {
        Instant until = until(received);
        if (!clock.instant().isBefore(until)) {
            return;
        }
        if (entries.size() + undecided.size() >= MOST) {
            refused(received.position(), "cancellations.too_many");
            return;
        }
        try {
            tokens.check(received);
            remember(received, until);
        } catch (RejectedException e) {
            refused(received.position(), e.code().code());
        } catch (KeysUnavailableException e) {
            undecided.put(received.position(), received);
        }
    }

    private void remember(ReceivedCancellation received, Instant until) {
        Cancellation claims = received.cancellation();
        var person = new Person(claims.requester().issuer(), claims.subject());
        var key = new Key(
                claims.scope().kind(),
                claims.scope().id().value(),
                person,
                claims.requester().organization());
        Entry first = entries.get(key);
        if (first == null && ofEach.getOrDefault(person, 0) >= mostOfOne) {
            refused(received.position(), "cancellations.too_many");
        } else if (first == null || until.isAfter(first.until())) {
            entries.put(key, new Entry(received.payloadHash(), until));
            ofEach.merge(person, first == null ? 1 : 0, Integer::sum);
        }
    }

    private Instant until(ReceivedCancellation received) {
        Instant longest = received.appendedAt().plus(reach);
        Instant until = received.cancellation().until();
        return until.isBefore(longest) ? until : longest;
    }

    /** Forgets those that there is nothing left for. */
    void forget() {
        Instant now = clock.instant();
        entries.entrySet().removeIf(entry -> {
            boolean over = !now.isBefore(entry.getValue().until());
            if (over) {
                ofEach.computeIfPresent(entry.getKey().person(), (_, count) -> count == 1 ? null : count - 1);
            }
            return over;
        });
    }

    /**
     * The payload hash of what calls this job off. What was begun is not called off any more, and neither is what may
     * have been.
     */
    Optional<String> of(Job job) {
        Command command = job.received().command();
        if (entries.isEmpty()
                || job.begun()
                || job.home().index().distrustedSince(command.id()).isPresent()) {
            return Optional.empty();
        }
        return find(Cancellation.Kind.COMMAND, command.id().value(), command)
                .or(() -> find(Cancellation.Kind.BATCH, command.transaction(), command))
                .map(Entry::payloadHash);
    }

    private Optional<Entry> find(Cancellation.Kind kind, String id, Command command) {
        Requester requester = command.requester();
        return Optional.ofNullable(entries.get(
                new Key(kind, id, new Person(requester.issuer(), command.subject()), requester.organization())));
    }

    private void refused(LogRecord.Position position, String code) {
        meters.counter("mandate.cancellations.refused", "reason", code).increment();
        LOG.atWarn()
                .addKeyValue("position", position)
                .addKeyValue("errorCode", code)
                .log("Cancellation not believed");
    }
}
