package dev.mandate.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** The intake's process. It faces people and holds no Management credentials. */
@SpringBootApplication(
        exclude = {
            UserDetailsServiceAutoConfiguration.class, // nobody logs in here with a password
            KafkaAutoConfiguration.class // producer and readers are made here, only the properties are Spring Boot's
        })
@EnableConfigurationProperties(KafkaProperties.class)
@ConfigurationPropertiesScan
public class MandateApi {

    /** Starts the intake. */
    public static void main(String[] arguments) {
        SpringApplication.run(MandateApi.class, arguments);
    }
}
