package dev.mandate.api.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * Asks the read model, with all connections but those that its writer needs. When the database was found out of reach,
 * only one question at a time is tried, every {@link #PAUSE}; nobody else waits for it to time out.
 */
public final class ReadModel {

    /** How long a question may take; the database gives up looking then. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long a question may wait for its turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Semaphore turns;
    private final Clock clock;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean broken;
    private volatile Instant closedUntil = Instant.MIN;

    /** @param questions how many there may be at once */
    ReadModel(JdbcClient jdbc, int questions, Clock clock) {
        this.jdbc = jdbc;
        this.turns = new Semaphore(questions, true);
        this.clock = clock;
    }

    /**
     * Asks.
     *
     * @throws ReadModelUnavailableException when the database is out of reach, its tables don't exist yet, or too many
     *     others ask
     */
    public <T> T ask(Function<JdbcClient, T> question) {
        if (!broken) {
            return inTurn(question);
        }
        if (clock.instant().isBefore(closedUntil) || !trying.compareAndSet(false, true)) {
            throw new ReadModelUnavailableException();
        }
        try {
            return answer(question);
        } finally {
            trying.set(false);
        }
    }

    private <T> T inTurn(Function<JdbcClient, T> question) {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ReadModelUnavailableException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReadModelUnavailableException(e);
        }
        try {
            if (broken) {
                throw new ReadModelUnavailableException(); // it was found out while this one waited
            }
            return answer(question);
        } finally {
            turns.release();
        }
    }

    private <T> T answer(Function<JdbcClient, T> question) {
        try {
            T answer = question.apply(jdbc);
            broken = false;
            return answer;
        } catch (DataIntegrityViolationException e) {
            throw e; // a question that has no answer says nothing about the database
        } catch (QueryTimeoutException e) {
            throw new ReadModelUnavailableException(e); // nor does one that would take too long
        } catch (DataAccessException | TransactionException e) {
            closedUntil = clock.instant().plus(PAUSE);
            broken = true;
            throw new ReadModelUnavailableException(e);
        }
    }
}
