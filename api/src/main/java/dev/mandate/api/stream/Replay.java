package dev.mandate.api.stream;

import dev.mandate.api.log.CommandOwners;
import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.log.LiveEvent;
import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.LogReader;
import dev.mandate.api.log.LogVerifier;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads from the log what a stream missed. */
final class Replay {

    /** How long one client may take to read what it missed, while others queue. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(500);

    private final LogVerifier verifier;
    private final CommandOwners owners;
    private final Clock clock;

    Replay(LogVerifier verifier, CommandOwners owners, Clock clock) {
        this.verifier = verifier;
        this.owners = owners;
        this.clock = clock;
    }

    /** Takes what is found. */
    interface Sink {

        /** Something that the stream is about. */
        void happened(LogEvent event) throws IOException;

        /** Everything before this was handed over. */
        void passed(LogPositions reached);

        /** Whether there is any use in going on. */
        boolean open();
    }

    /**
     * Reads from one place to another.
     *
     * @return whether it came to the end: not if there was no use in going on, or it took longer than {@link #LIMIT}
     * @throws IOException when the client is gone
     * @throws dev.mandate.api.log.LogGapException when the log no longer reaches back to the place
     * @throws dev.mandate.api.log.LogUnavailableException when the log can't be asked
     */
    boolean run(LogReader reader, Scope scope, LogPositions from, LogPositions to, Sink sink) throws IOException {
        LogPositions behind = from.only(partition -> from.next(partition) < to.next(partition));
        if (behind.next().isEmpty()) {
            return true;
        }
        reader.seek(behind);
        LogPositions target = to.only(behind.next()::containsKey);
        Instant end = clock.instant().plus(LIMIT);
        while (sink.open() && clock.instant().isBefore(end)) {
            LogReader.Batch batch = reader.poll(POLL);
            for (var found : batch.records()) {
                // A client that takes one event after the other at its leisure holds its place no longer than others.
                if (!clock.instant().isBefore(end)) {
                    return false;
                }
                Optional<LogEvent> event = concerning(scope, new LiveEvent(found, verifier, "stream"));
                if (event.isPresent()) {
                    sink.happened(event.get());
                }
            }
            sink.passed(batch.reached());
            if (batch.reached().hasReached(target)) {
                return true;
            }
        }
        return false;
    }

    private Optional<LogEvent> concerning(Scope scope, LiveEvent found) {
        return switch (scope) {
            case Scope.Own(Owner reader) ->
                found.event()
                        .filter(event -> Ownership.of(event, owners)
                                .filter(reader::equals)
                                .isPresent());
            case Scope.Single(String id) ->
                id.equals(found.claimedCommandId())
                        ? found.event().filter(event -> event.commandId().equals(id))
                        : Optional.empty();
        };
    }
}
