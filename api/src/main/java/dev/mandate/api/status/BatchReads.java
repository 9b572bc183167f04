package dev.mandate.api.status;

import dev.mandate.api.load.Admission;
import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.projection.ProjectionProgress;
import dev.mandate.api.projection.ReadModelUnavailableException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/** Reads batches for those who sent them, and for nobody else. */
public final class BatchReads {

    /** How long a reading waits for a batch that was only just accepted. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final Duration LATELY = Duration.ofMinutes(1);

    private final BatchTable table;
    private final ProjectionProgress progress;
    private final Views views;
    private final SignedLinks links;
    private final Admission admission;
    private final Clock clock;

    BatchReads(
            BatchTable table,
            ProjectionProgress progress,
            Views views,
            SignedLinks links,
            Admission admission,
            Clock clock) {
        this.table = table;
        this.progress = progress;
        this.views = views;
        this.links = links;
        this.admission = admission;
        this.clock = clock;
    }

    /**
     * How a batch stands.
     *
     * @param positions those in the link, if there were any
     * @throws ProblemException 404 {@code batch.not_found}, 400 {@code position.invalid}
     * @throws ReadModelUnavailableException when nothing can be said
     * @throws Exception when the thread is interrupted
     */
    BatchView read(Caller caller, String id, Optional<String> positions) throws Exception {
        boolean late = positions.isPresent() && !awaitProjected(id, positions.get());
        Instant now = clock.instant();
        UUID batch = uuid(id);
        List<BatchTable.Standing> standing =
                found(table.standing(Visibility.owner(caller), batch, now.minus(LATELY)), late);
        Instant from = first(standing);
        var statuses = new TreeMap<String, Long>();
        standing.forEach(part -> statuses.put(part.status(), part.commands()));
        return new BatchView(
                id,
                from,
                latest(standing, BatchTable.Standing::last),
                latest(standing, BatchTable.Standing::deadline),
                standing.stream().mapToLong(BatchTable.Standing::commands).sum(),
                standing.stream()
                        .filter(BatchTable.Standing::ended)
                        .mapToLong(BatchTable.Standing::commands)
                        .sum(),
                statuses,
                perSecond(standing, Duration.between(from, now)),
                links.batchLinks(id));
    }

    /**
     * Some of a batch's commands.
     *
     * @throws ProblemException 404 {@code batch.not_found}
     * @throws ReadModelUnavailableException when nothing can be said
     */
    List<BatchTable.Row> page(Caller caller, String id, BatchTable.Place after, int limit) {
        return table.page(Visibility.owner(caller), uuid(id), after, limit);
    }

    /**
     * Requires that the caller has such a batch.
     *
     * @param positions those in the link, if there were any
     * @throws ProblemException 404 {@code batch.not_found}, 400 {@code position.invalid}
     * @throws ReadModelUnavailableException when nothing can be said
     * @throws Exception when the thread is interrupted
     */
    public void require(Caller caller, String id, Optional<String> positions) throws Exception {
        boolean late = positions.isPresent() && !awaitProjected(id, positions.get());
        require(caller, id, late);
    }

    /** As above, by what is known now. */
    void require(Caller caller, String id) {
        require(caller, id, false);
    }

    private void require(Caller caller, String id, boolean late) {
        found(table.page(Visibility.owner(caller), uuid(id), BatchTable.Place.after(0), 1), late);
    }

    BatchResult result(Caller caller, BatchTable.Row row) {
        return new BatchResult(
                row.line(),
                views.own(
                        Visibility.owner(caller),
                        row.state(),
                        links.links(row.state().id())));
    }

    /** @param late whether there may be rows that can't be seen yet */
    private <T> List<T> found(List<T> rows, boolean late) {
        if (rows.isEmpty() && (late || !progress.isCurrent())) {
            throw new ReadModelUnavailableException();
        }
        if (rows.isEmpty()) {
            throw notFound();
        }
        return rows;
    }

    /** Waits for the whole batch, but not for long: what is not there in time is not counted yet. */
    private boolean awaitProjected(String id, String token) throws Exception {
        LogPositions positions = links.batchPositions(id, token)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "position.invalid",
                        "Bad Request",
                        "The position is not one that was given out for this batch"));
        return !progress.isOutOfReach()
                && admission
                        .whileWaiting(() -> Optional.of(awaitPast(positions)))
                        .orElse(false);
    }

    private boolean awaitPast(LogPositions positions) throws InterruptedException {
        long end = System.nanoTime() + FRESH.toNanos();
        for (Map.Entry<LogPartition, Long> place : positions.next().entrySet()) {
            LogPartition partition = place.getKey();
            var last = new LogRecord.Position(partition.topic(), partition.partition(), place.getValue() - 1);
            if (!progress.awaitPast(last, Duration.ofNanos(end - System.nanoTime()))) {
                return false;
            }
        }
        return true;
    }

    private static double perSecond(List<BatchTable.Standing> standing, Duration age) {
        Duration window = age.compareTo(LATELY) < 0 ? age : LATELY;
        long lately = standing.stream().mapToLong(BatchTable.Standing::lately).sum();
        double rate = lately / Math.max(1.0, window.toMillis() / 1000.0);
        return Math.round(rate * 10) / 10.0;
    }

    private static Instant first(List<BatchTable.Standing> standing) {
        return standing.stream()
                .map(BatchTable.Standing::first)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant latest(List<BatchTable.Standing> standing, Function<BatchTable.Standing, Instant> time) {
        return standing.stream().map(time).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(new CommandId(id).value());
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(HttpStatus.NOT_FOUND, "batch.not_found", "Not Found", "You have no such batch");
    }
}
