package dev.mandate.bench.intake;

import dev.mandate.bench.stage.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Appends a record and waits until it is acknowledged: all that is left of an intake that does nothing else. */
final class KafkaAsker implements Asker {

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final byte[] value;
    private final Numbers numbers;

    /** @param producer shared with others, and closed by whoever made it */
    KafkaAsker(Producer<byte[], byte[]> producer, String topic, byte[] value, Numbers numbers) {
        this.producer = producer;
        this.topic = topic;
        this.value = value.clone();
        this.numbers = numbers;
    }

    @Override
    public boolean ask() throws InterruptedException {
        var key = numbers.next().user().getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // Others may still need the producer.
    }
}
