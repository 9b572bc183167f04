package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Calls whose partition was taken away while they were on their way, in case it comes back. */
final class Leftovers {

    /** One whose partition has been away for longer is settled as that of a worker that died would be. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private final String worker;
    private final Clock clock;
    private final Map<LogRecord.Position, Left> calls = new HashMap<>();

    private record Left(Call call, Instant at) {}

    /** @param worker this run of this worker, as the journal names it */
    Leftovers(String worker, Clock clock) {
        this.worker = worker;
        this.clock = clock;
    }

    /** Keeps the calls of a partition that is being lost. */
    void keep(OwnedPartition home) {
        Instant now = clock.instant();
        dropOld();
        home.jobs().forEach(job -> job.call().ifPresent(call -> calls.put(job.position(), new Left(call, now))));
    }

    /**
     * This job's call from an earlier time, which may still be on its way. Once another worker has made an attempt, or
     * may have, what comes of it says nothing any more.
     */
    Optional<Call> take(Job job) {
        dropOld();
        Optional<Call> call = Optional.ofNullable(calls.remove(job.position())).map(Left::call);
        return call.filter(one -> one.step() == job.done().size() && isLastOurs(job));
    }

    private void dropOld() {
        Instant oldest = clock.instant().minus(KEPT);
        calls.values().removeIf(left -> left.at().isBefore(oldest));
    }

    private boolean isLastOurs(Job job) {
        var id = job.received().command().id();
        JournalIndex index = job.home().index();
        return index.distrustedSince(id).isEmpty()
                && index.find(id)
                        .flatMap(JournalIndex.Entry::worker)
                        .filter(worker::equals)
                        .isPresent();
    }
}
