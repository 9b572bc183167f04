package dev.mandate.api.dispatch;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.contracts.signing.Signer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.core.ProducerFactory;

/** The producer, with what a promise rests on set here and not in anybody's configuration file. */
@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final int LINGER_MILLIS = 2;
    private static final Duration END = Duration.ofSeconds(5);

    @Bean
    ProducerFactory<byte[], byte[]> producerFactory(
            KafkaProperties kafka, MandateProperties properties, MeterRegistry metrics) {
        int acknowledgement =
                Math.toIntExact(properties.intake().acknowledgement().toMillis());
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, acknowledgement);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, acknowledgement - LINGER_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, block(properties).toMillis());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        var factory = new DefaultKafkaProducerFactory<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        factory.addListener(new MicrometerProducerListener<>(metrics));
        return factory;
    }

    @Bean
    Broker broker(ProducerFactory<byte[], byte[]> producers, MandateProperties properties) {
        return new Broker(
                producers,
                block(properties),
                properties.intake().acknowledgement().plus(MARGIN));
    }

    private static Duration block(MandateProperties properties) {
        return properties.intake().acknowledgement().dividedBy(2);
    }

    @Bean
    OpenNumbers openNumbers() {
        return new OpenNumbers();
    }

    @Bean
    ControlStatements controlStatements(Broker broker, Signer signer, Clock clock, MandateProperties properties) {
        return new ControlStatements(broker, signer, clock, properties.issuer());
    }

    @Bean(initMethod = "start")
    UncertainSends uncertainSends(ControlStatements statements, OpenNumbers open, MeterRegistry metrics) {
        var sends = new UncertainSends(statements, open);
        Gauge.builder("mandate.intake.uncertain", sends, UncertainSends::pending)
                .description("Commands of uncertain fate that the control topic does not know of yet")
                .register(metrics);
        return sends;
    }

    @Bean
    CommandChain commandChain(MandateProperties properties, Signer signer, Clock clock, OpenNumbers open) {
        return new CommandChain(signer, properties.instance() + "/" + clock.millis(), open);
    }

    @Bean
    Dispatcher dispatcher(CommandChain chain, Broker broker, UncertainSends uncertain) {
        return new Dispatcher(chain, broker, uncertain);
    }

    /** Closed before the uncertain sends are: while it waits, they are declared. */
    @Bean
    @DependsOn("uncertainSends")
    OrderlyEnd orderlyEnd(CommandChain chain, OpenNumbers open, ControlStatements statements) {
        return new OrderlyEnd(chain, open, statements, END);
    }

    @Bean
    Pipeline pipeline(Dispatcher dispatcher, MandateProperties properties, MeterRegistry metrics) {
        var pipeline = new Pipeline(
                dispatcher, Math.toIntExact(properties.batch().inFlight().toBytes()));
        Gauge.builder("mandate.batch.in.flight", pipeline, Pipeline::inFlight)
                .description("How much of all batches is on its way to the broker")
                .baseUnit("bytes")
                .register(metrics);
        return pipeline;
    }
}
