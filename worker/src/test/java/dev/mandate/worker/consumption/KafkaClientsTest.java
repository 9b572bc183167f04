package dev.mandate.worker.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class KafkaClientsTest {

    @Test
    void a_worker_is_no_static_member_whatever_is_configured_so_that_the_later_of_two_under_a_name_can_join() {
        var properties = new KafkaProperties();
        properties.setBootstrapServers(List.of("localhost:1"));
        properties.getConsumer().getProperties().put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "worker-1");

        Consumer<byte[], byte[]> consumer = new KafkaClients(properties, "worker-1").consumer();
        try {
            assertThat(consumer.groupMetadata().groupInstanceId()).isEmpty();
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
