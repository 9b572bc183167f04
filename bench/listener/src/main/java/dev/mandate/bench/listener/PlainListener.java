package dev.mandate.bench.listener;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;

/** A listener as the first page of spring-kafka's manual has it, with the container's own error handling. */
@Configuration
@EnableKafka
@Import(ListenerConfiguration.class)
public class PlainListener {

    private final Work work;

    PlainListener(Work work) {
        this.work = work;
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        new AnnotationConfigApplicationContext(PlainListener.class).registerShutdownHook();
    }

    @KafkaListener(id = "bench", topics = "#{@settings.orders()}")
    void on(ConsumerRecord<byte[], byte[]> record) {
        work.on(record);
    }
}
