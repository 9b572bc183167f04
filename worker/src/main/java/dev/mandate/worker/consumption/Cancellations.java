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

    private static final Logger LOG = LoggerFactory.getLogger(Cancellations.class);

    private final CancellationReader reader;
    private final TokenCheck tokens;
    private final Duration reach;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final Map<LogRecord.Position, ReceivedCancellation> undecided = new LinkedHashMap<>();

    /** Makes sure that a cancellation's token is genuine, and is what it says of itself. */
    interface TokenCheck {
        void check(ReceivedCancellation received) throws RejectedException, KeysUnavailableException;
    }

    private record Key(
            Cancellation.Kind kind, String id, String issuer, String subject, Optional<String> organization) {}

    private record Entry(String payloadHash, Instant until) {}

    /** @param reach how long after its cancellation a command may be left to begin, whatever the cancellation says */
    Cancellations(CancellationReader reader, TokenCheck tokens, Duration reach, Clock clock, MeterRegistry meters) {
        this.reader = reader;
        this.tokens = tokens;
        this.reach = reach;
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
            Cancellation claims = received.cancellation();
            var key = new Key(
                    claims.scope().kind(),
                    claims.scope().id().value(),
                    claims.requester().issuer(),
                    claims.subject(),
                    claims.requester().organization());
            entries.merge(
                    key,
                    new Entry(received.payloadHash(), until),
                    (first, later) -> later.until().isAfter(first.until()) ? later : first);
        } catch (RejectedException e) {
            refused(received.position(), e.code().code());
        } catch (KeysUnavailableException e) {
            undecided.put(received.position(), received);
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
        entries.values().removeIf(entry -> !now.isBefore(entry.until()));
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
        return Optional.ofNullable(
                entries.get(new Key(kind, id, requester.issuer(), command.subject(), requester.organization())));
    }

    private void refused(LogRecord.Position position, String code) {
        meters.counter("mandate.cancellations.refused", "reason", code).increment();
        LOG.atWarn()
                .addKeyValue("position", position)
                .addKeyValue("errorCode", code)
                .log("Cancellation not believed");
    }
}
