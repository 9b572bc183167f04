package dev.mandate.bench.listener;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.EnableKafkaRetryTopic;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The same listener with retry topics, so that a command that fails delays nobody behind it. */
@Configuration
@EnableKafka
@EnableKafkaRetryTopic
@Import(ListenerConfiguration.class)
public class RetryableListener {

    private final Work work;

    RetryableListener(Work work) {
        this.work = work;
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        new AnnotationConfigApplicationContext(RetryableListener.class).registerShutdownHook();
    }

    @Bean
    static TaskScheduler scheduler() {
        return new ThreadPoolTaskScheduler();
    }

    @RetryableTopic(
            attempts = "5",
            backOff = @BackOff(delay = 250, multiplier = 2),
            replicationFactor = "1",
            concurrency = "1")
    @KafkaListener(id = "bench", topics = "#{@settings.orders()}")
    void on(ConsumerRecord<byte[], byte[]> record) {
        work.on(record);
    }
}
