package dev.mandate.api.projection;

import dev.mandate.api.log.CommandOwners;
import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogGapException;
import dev.mandate.api.log.LogLoop;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.LogReader;
import dev.mandate.api.log.LogVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * Follows the topics from where the database says and keeps the read model. Any number of instances may do so at once:
 * each batch is written by whichever comes first, and the others go on from there. Whatever fails, it begins again with
 * what the database says.
 */
final class Projector {

    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CONFIRMATION = Duration.ofSeconds(1);
    static final String NAME = "projection";

    /**
     * Each poll that brings something is a transaction in the database. Who asks what just happened waits up to so much
     * longer.
     */
    static final Duration SPACING = Duration.ofMillis(20);

    private final LogVerifier verifier;
    private final Schema schema;
    private final Projection projection;
    private final ProjectionProgress progress;
    private final CommandOwners owners;
    private final Clock clock;
    private Instant confirmed = Instant.MIN;

    /** The tables, made or brought up to date. */
    @FunctionalInterface
    interface Schema {
        void migrate();
    }

    Projector(
            LogVerifier verifier,
            Schema schema,
            Projection projection,
            ProjectionProgress progress,
            CommandOwners owners,
            Clock clock) {
        this.verifier = verifier;
        this.schema = schema;
        this.projection = projection;
        this.progress = progress;
        this.owners = owners;
        this.clock = clock;
    }

    void follow(LogReader reader, LogLoop.Turn turn) {
        schema.migrate();
        LogPositions position = begin(reader);
        while (turn.lasts()) {
            try {
                position = step(reader, position);
                turn.worked();
            } catch (StoredPositions.OvertakenException | ConcurrencyFailureException e) {
                LOG.atDebug().log("Another projector was faster");
                position = begin(reader);
            } catch (LogGapException e) {
                position = begin(reader);
            }
        }
    }

    private LogPositions step(LogReader reader, LogPositions position) {
        LogReader.Batch batch = reader.poll(POLL);
        if (!batch.reached().equals(position)) {
            projection.apply(position, batch.reached(), verify(batch));
            progress.reached(batch.reached());
            confirmed = clock.instant();
        } else if (clock.instant().isAfter(confirmed.plus(CONFIRMATION))) {
            // Nothing to write says nothing about the database.
            projection.confirm(position);
            confirmed = clock.instant();
        }
        reader.lag().ifPresent(progress::lag);
        return batch.reached();
    }

    private List<LogEvent> verify(LogReader.Batch batch) {
        List<LogEvent> events = batch.records().stream()
                .map(found -> verifier.verify(found, NAME))
                .flatMap(Optional::stream)
                .toList();
        for (LogEvent event : events) {
            if (event instanceof LogEvent.Commanded(var received)) {
                owners.seen(received);
            }
        }
        return events;
    }

    /** Places the reader where the database says, as far as the log still goes there. */
    private LogPositions begin(LogReader reader) {
        var partitions = reader.partitions();
        LogPositions stored = projection.load(partitions);
        LogPositions beginnings = reader.beginnings(partitions);
        LogPositions ends = reader.ends(partitions);
        if (!ends.hasReached(stored)) {
            LOG.atError().log("The read model is ahead of the log, so it is of another log: building it again");
            progress.lost();
            projection.drop();
            stored = projection.load(partitions);
        }
        if (!stored.hasReached(beginnings)) {
            LogPositions there = stored.advancedTo(beginnings);
            LOG.atWarn()
                    .log("The log no longer reaches back to where the read model stands: records are missing in it");
            projection.skip(stored, there);
            stored = there;
        }
        reader.seek(stored);
        progress.reached(stored);
        return stored;
    }
}
