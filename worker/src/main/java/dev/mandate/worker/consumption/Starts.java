package dev.mandate.worker.consumption;

import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.worker.journal.Journal;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Announces attempts: what is appended as {@code started} before anything is sent to Auth0. */
final class Starts {

    private final Journal journal;
    private final Steps steps;
    private final Ledger ledger;

    Starts(Journal journal, Steps steps, Ledger ledger) {
        this.journal = journal;
        this.steps = steps;
        this.ledger = ledger;
    }

    /** This run of this worker, as the journal names it. */
    String worker() {
        return journal.worker();
    }

    /**
     * Has an attempt appended as started.
     *
     * @param appending is told each time right before it is appended
     * @param committed what happens then; the job already knows which attempt it is at
     */
    void add(Job job, int attempt, Runnable appending, Runnable committed) {
        Optional<StepStarted> step = steps.next(job);
        ledger.add(new Ledger.Entry(
                job.home(),
                job,
                () -> {
                    appending.run();
                    return record(job, attempt, step);
                },
                null,
                () -> {
                    job.attempts(attempt);
                    job.at(step);
                    committed.run();
                }));
    }

    /** The answers to earlier steps are left out where the broker would not take the record with them. */
    private ProducerRecord<byte[], byte[]> record(Job job, int attempt, Optional<StepStarted> step) {
        long read = job.home().tracker(job.position().topic()).lastRead();
        OutgoingRecord whole = journal.started(job.received(), attempt, read, job.authorization(), step);
        return Records.write(
                whole.value().length <= Records.MAX_VALUE
                        ? whole
                        : journal.started(
                                job.received(),
                                attempt,
                                read,
                                job.authorization(),
                                step.map(StepStarted::withoutResults)));
    }
}
