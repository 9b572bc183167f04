package dev.mandate.worker.consumption;

import dev.mandate.worker.settings.WorkerSettings;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes the parts that keep a worker from doing harm: when it was taken for dead and is not, and when it comes after
 * one that is. Made in one place, so that a laboratory can leave one of them out and see that this is found out.
 */
class Guards {

    /** Carries the offsets, and with them the member's epoch, in each transaction. */
    Producer<byte[], byte[]> producer(KafkaClients clients) {
        return clients.producer();
    }

    /** Drops what belongs to partitions that are gone. */
    Ledger ledger(Appender appender) {
        return new Ledger(appender);
    }

    /** Keeps the calls of two workers apart. */
    CallWindow window(WorkerSettings settings) {
        return new CallWindow(
                settings.execution().beginWithin(),
                settings.execution().callTimeout(),
                settings.consumption().clockSkew());
    }

    /** Reads back what became of commands before. */
    Map<Integer, Recovery.Recovered> read(Recovery recovery, Collection<Integer> numbers) {
        return recovery.read(numbers);
    }
}
