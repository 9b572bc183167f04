package dev.mandate.worker.consumption;

import dev.mandate.contracts.topic.LogRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Calls whose partition was taken away while they were on their way, in case it comes back. */
final class Leftovers {

    private static final int ENOUGH = 1000;

    private final String worker;
    private final Map<LogRecord.Position, Call> calls = new HashMap<>();

    /** @param worker this run of this worker, as the journal names it */
    Leftovers(String worker) {
        this.worker = worker;
    }

    /** Keeps the calls of a partition that is being lost. */
    void keep(OwnedPartition home) {
        if (calls.size() > ENOUGH) {
            calls.values().removeIf(Call::isOver);
        }
        home.jobs().forEach(job -> job.call().ifPresent(call -> calls.put(job.position(), call)));
    }

    /**
     * This job's call from an earlier time, which may still be on its way. Once another worker has made an attempt, or
     * may have, what comes of it says nothing any more.
     */
    Optional<Call> take(Job job) {
        Optional<Call> call = Optional.ofNullable(calls.remove(job.position()));
        return call.filter(one -> one.step() == job.done().size() && isLastOurs(job));
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
