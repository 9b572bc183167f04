package dev.mandate.api.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Asks the read model. When the database was found out of reach, nobody else waits for it to time out until
 * {@link #PAUSE} is over.
 */
public final class ReadModel {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile Instant closedUntil = Instant.MIN;

    ReadModel(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Asks.
     *
     * @throws ReadModelUnavailableException when the database is out of reach, or its tables don't exist yet
     */
    public <T> T ask(Function<JdbcClient, T> question) {
        if (clock.instant().isBefore(closedUntil)) {
            throw new ReadModelUnavailableException();
        }
        try {
            return question.apply(jdbc);
        } catch (DataAccessException | TransactionException e) {
            closedUntil = clock.instant().plus(PAUSE);
            throw new ReadModelUnavailableException(e);
        }
    }
}
