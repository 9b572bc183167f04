package dev.mandate.worker;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The worker as a program. Its ports serve health and metrics only; all work comes from Kafka. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class WorkerApplication {

    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Starts the worker; it exits with status 1 when it can't go on. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(WorkerApplication.class);
        application.addListeners(new ExitWhenBroken(WorkerApplication::exit));
        application.run(arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Ends the process, in order if that can be had, and in any case soon. */
    private static void exit(int status) {
        Thread.ofPlatform().daemon().name("halt").start(() -> {
            try {
                Thread.sleep(GRACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(status);
        });
        System.exit(status);
    }
}
