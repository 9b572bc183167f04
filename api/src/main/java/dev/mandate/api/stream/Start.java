package dev.mandate.api.stream;

import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.LogReader;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.status.CommandReads.Located;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** Where a stream begins. */
sealed interface Start {

    /** How far the clocks of two brokers may be apart. */
    Duration SKEW = Duration.ofMinutes(1);

    /** With what happens from now on. */
    record Now() implements Start {}

    /** Where the client left off. */
    record Resumed(LogPositions positions) implements Start {}

    /** With the command itself. */
    record FromCommand(Located command) implements Start {}

    default boolean isNow() {
        return this instanceof Now;
    }

    /**
     * The positions from which to read.
     *
     * @param now where the live follower stands, in every partition
     * @throws ProblemException with 400 {@code stream.position_invalid} when the client's position is of another log
     */
    default LogPositions positions(LogReader reader, LogPositions now) {
        return switch (this) {
            case Now here -> now;
            case Resumed(LogPositions positions) -> {
                if (!now.next().keySet().containsAll(positions.partitions())) {
                    throw new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "stream.position_invalid",
                            "Bad Request",
                            "The Last-Event-ID is not of this log");
                }
                yield positions;
            }
            case FromCommand(Located command) -> {
                var own = LogPartition.of(command.position());
                var journal = new LogPartition(Topics.RESULTS, own.partition());
                long since = reader.offsetAt(journal, command.at().minus(SKEW));
                yield LogPositions.of(Map.of(own, command.position().offset(), journal, since));
            }
        };
    }
}
