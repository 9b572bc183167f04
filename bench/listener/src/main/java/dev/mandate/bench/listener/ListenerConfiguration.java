package dev.mandate.bench.listener;

import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.Upstream;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** What both listeners share: as many threads as there are partitions, and results acknowledged by all replicas. */
@Configuration
class ListenerConfiguration {

    @Bean
    PeerSettings settings() {
        return PeerSettings.read();
    }

    @Bean
    Work work(PeerSettings settings, KafkaTemplate<byte[], byte[]> results) {
        return new Work(new Upstream(settings), results, settings.results());
    }

    @Bean
    ConsumerFactory<byte[], byte[]> consumers(PeerSettings settings) {
        return new DefaultKafkaConsumerFactory<>(
                settings.kafka(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<byte[], byte[]> kafkaListenerContainerFactory(
            PeerSettings settings, ConsumerFactory<byte[], byte[]> consumers) {
        var factory = new ConcurrentKafkaListenerContainerFactory<byte[], byte[]>();
        factory.setConsumerFactory(consumers);
        factory.setConcurrency(Integer.parseInt(settings.get("partitions")));
        return factory;
    }

    @Bean
    ProducerFactory<byte[], byte[]> producers(PeerSettings settings) {
        return new DefaultKafkaProducerFactory<>(
                // Each record is waited for, so there is nothing to linger for.
                settings.kafka(Map.of(ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.LINGER_MS_CONFIG, "0")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Bean
    KafkaTemplate<byte[], byte[]> template(ProducerFactory<byte[], byte[]> producers) {
        return new KafkaTemplate<>(producers);
    }

    /** Makes the retry topics. */
    @Bean
    KafkaAdmin admin(PeerSettings settings) {
        return new KafkaAdmin(settings.kafka(Map.of()));
    }
}
