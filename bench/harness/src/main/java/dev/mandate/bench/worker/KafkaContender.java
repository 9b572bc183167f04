package dev.mandate.bench.worker;

import dev.mandate.bench.stage.Broker;
import dev.mandate.bench.stage.Child;
import dev.mandate.bench.stage.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An opponent that takes its work from a topic and records what it did in another. */
final class KafkaContender implements Contender {

    private final Broker broker;
    private final List<Child> processes;
    private final Runnable end;
    private final Results results;
    private final Supplier<ProducerRecord<byte[], byte[]>> orders;
    private final KafkaProducer<byte[], byte[]> producer;
    private List<ProducerRecord<byte[], byte[]>> prepared = List.of();

    /**
     * @param end ends the processes
     * @param orders makes the next order
     */
    KafkaContender(
            Broker broker,
            List<Child> processes,
            Runnable end,
            Results results,
            Supplier<ProducerRecord<byte[], byte[]>> orders) {
        this.broker = broker;
        this.processes = List.copyOf(processes);
        this.end = end;
        this.results = results;
        this.orders = orders;
        this.producer = broker.producer();
    }

    @Override
    public List<Child> processes() {
        return processes;
    }

    @Override
    public Duration storeCpu() {
        return broker.process().cpu();
    }

    @Override
    public void prepare(int number) {
        var ready = new ArrayList<ProducerRecord<byte[], byte[]>>(number);
        for (int i = 0; i < number; i++) {
            ready.add(orders.get());
        }
        prepared = ready;
    }

    @Override
    public void feed() {
        for (var order : prepared) {
            // One that fails is missed when the upstream is asked what it saw.
            var _ = producer.send(order);
        }
        producer.flush();
        prepared = List.of();
    }

    @Override
    public Results.Recorded recorded() {
        return results.recorded();
    }

    @Override
    public void close() {
        end.run();
        results.close();
        producer.close();
    }
}
