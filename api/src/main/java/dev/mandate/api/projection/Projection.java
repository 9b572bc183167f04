package dev.mandate.api.projection;

import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves the read model on: rows and positions in one transaction. */
final class Projection {

    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

    /** A projector that is suspended in a transaction must not hold up the others for longer than this. */
    private static final String TIMEOUT = "set local idle_in_transaction_session_timeout = '10s'";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final StoredPositions positions;
    private final CommandRows rows;
    private final MeterRegistry metrics;

    Projection(
            JdbcTemplate jdbc,
            TransactionTemplate transactions,
            StoredPositions positions,
            CommandRows rows,
            MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.positions = positions;
        this.rows = rows;
        this.metrics = metrics;
    }

    /** Where the read model stands in these partitions. */
    LogPositions load(Collection<LogPartition> partitions) {
        return positions.load(partitions);
    }

    /**
     * Asks the database whether the read model still stands there.
     *
     * @throws StoredPositions.OvertakenException when it stands elsewhere
     */
    void confirm(LogPositions expected) {
        if (!positions.read(expected.partitions()).equals(expected)) {
            throw new StoredPositions.OvertakenException();
        }
    }

    /** Moves on past records that the log no longer has. */
    void skip(LogPositions expected, LogPositions reached) {
        transactions.executeWithoutResult(transaction -> positions.advance(expected, reached));
    }

    /** Empties the read model, to build it again from the beginning of the log. */
    void drop() {
        transactions.executeWithoutResult(transaction -> {
            jdbc.execute("delete from projection_position");
            jdbc.execute("delete from command");
        });
    }

    /**
     * Writes events.
     *
     * @param expected where the read model must stand
     * @param reached where it stands behind the events
     * @throws StoredPositions.OvertakenException when it stands elsewhere; nothing is written then
     */
    void apply(LogPositions expected, LogPositions reached, List<LogEvent> events) {
        try {
            transactions.executeWithoutResult(transaction -> {
                begin(expected, reached);
                rows.write(events);
            });
        } catch (DataIntegrityViolationException e) {
            LOG.atWarn().log("Events can't be stored together, storing them one by one");
            transactions.executeWithoutResult(transaction -> {
                begin(expected, reached);
                events.forEach(event -> writeOrSkip(event, transaction));
            });
        }
    }

    private void begin(LogPositions expected, LogPositions reached) {
        jdbc.execute(TIMEOUT);
        positions.advance(expected, reached);
    }

    /** A genuine event whose values the database refuses must not stop all that come after it. */
    private void writeOrSkip(LogEvent event, TransactionStatus transaction) {
        Object savepoint = transaction.createSavepoint();
        try {
            rows.write(List.of(event));
            transaction.releaseSavepoint(savepoint);
        } catch (DataIntegrityViolationException e) {
            transaction.rollbackToSavepoint(savepoint);
            metrics.counter("mandate.projection.skipped").increment();
            LOG.atError()
                    .addKeyValue("commandId", event.commandId())
                    .addKeyValue("position", event.position())
                    .log("Event can't be stored and is left out of the read model");
        }
    }
}
