package dev.mandate.bench.listener;

import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.Upstream;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.core.KafkaTemplate;

/** Does an order, and returns when its result is acknowledged: only then may its offset be committed. */
final class Work {

    private final Upstream upstream;
    private final KafkaTemplate<byte[], byte[]> template;
    private final String results;

    Work(Upstream upstream, KafkaTemplate<byte[], byte[]> template, String results) {
        this.upstream = upstream;
        this.template = template;
        this.results = results;
    }

    void on(ConsumerRecord<byte[], byte[]> record) {
        var order = Order.parse(record.value());
        upstream.execute(order);
        try {
            template.send(results, record.key(), order.result()).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
