package dev.mandate.api.projection;

import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import java.util.Collection;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the read model has come, as the database knows it. */
final class StoredPositions {

    private final JdbcTemplate jdbc;

    StoredPositions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The positions of these partitions; those never seen before begin at 0. */
    LogPositions load(Collection<LogPartition> partitions) {
        jdbc.batchUpdate(
                "insert into projection_position (topic, partition, next_offset) values (?, ?, 0) on conflict do nothing",
                partitions.stream()
                        .sorted()
                        .map(partition -> new Object[] {partition.topic(), partition.partition()})
                        .toList());
        return read(partitions);
    }

    /** The positions of those of these partitions that were seen before. */
    LogPositions read(Collection<LogPartition> partitions) {
        var positions = new TreeMap<LogPartition, Long>();
        jdbc.query("select topic, partition, next_offset from projection_position", row -> {
            var partition = new LogPartition(row.getString(1), row.getInt(2));
            if (partitions.contains(partition)) {
                positions.put(partition, row.getLong(3));
            }
        });
        return new LogPositions(positions);
    }

    /**
     * Moves on, within the caller's transaction.
     *
     * @throws OvertakenException when some partition is not where it is expected: another projector was here
     */
    void advance(LogPositions expected, LogPositions reached) {
        // In one order everywhere, so that two projectors wait for one another instead of deadlocking.
        expected.next().forEach((partition, offset) -> {
            long next = reached.next(partition);
            if (next != offset && !advance(partition, offset, next)) {
                throw new OvertakenException();
            }
        });
    }

    private boolean advance(LogPartition partition, long expected, long next) {
        return jdbc.update(
                        "update projection_position set next_offset = ? where topic = ? and partition = ? and next_offset = ?",
                        next,
                        partition.topic(),
                        partition.partition(),
                        expected)
                == 1;
    }

    /** Another projector has moved the read model on. */
    static final class OvertakenException extends RuntimeException {

        OvertakenException() {
            super("Another projector has moved the read model on", null, false, false);
        }
    }
}
