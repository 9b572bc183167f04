package dev.mandate.api.log;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics from their end, once per process and without the database, for everybody who waits or streams.
 * When the broker was away it reads on where it stopped.
 */
final class LiveFollower {

    static final String NAME = "live";

    /** Somebody waits for each event: less than anybody notices. */
    static final Duration SPACING = Duration.ofMillis(5);

    private static final Logger LOG = LoggerFactory.getLogger(LiveFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final LogVerifier verifier;
    private final List<LiveListener> listeners;
    private @Nullable LogPositions reached;

    LiveFollower(LogVerifier verifier, List<LiveListener> listeners) {
        this.verifier = verifier;
        this.listeners = List.copyOf(listeners);
    }

    void follow(LogReader reader, LogLoop.Turn turn) {
        LogPositions from = reached;
        if (from == null) {
            from = reader.ends(reader.partitions());
            tell(List.of(), from);
        }
        reader.seek(from);
        while (turn.lasts()) {
            try {
                LogReader.Batch batch = reader.poll(POLL);
                tell(
                        batch.records().stream()
                                .map(found -> new LiveEvent(found, verifier, NAME))
                                .toList(),
                        batch.reached());
                turn.worked();
            } catch (LogGapException e) {
                skip(reader, e);
            }
        }
    }

    private void skip(LogReader reader, LogGapException e) {
        LOG.atError().setCause(e).log("The log lost records before they were followed");
        LogPositions ends = reader.ends(reader.partitions());
        reader.seek(ends);
        listeners.forEach(LiveListener::interrupted);
        tell(List.of(), ends);
    }

    private void tell(List<LiveEvent> events, LogPositions position) {
        reached = position;
        listeners.forEach(listener -> listener.arrived(events, position));
    }
}
