package dev.mandate.worker;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** The worker as a program. Its ports serve health and metrics only; all work comes from Kafka. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class WorkerApplication {

    /** Starts the worker; it exits with status 1 when it can't go on. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(WorkerApplication.class);
        application.addListeners(new ExitWhenBroken());
        application.run(arguments);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A worker without its loop is of no use; whoever supervises the process starts a fresh one. */
    private static final class ExitWhenBroken implements ApplicationListener<AvailabilityChangeEvent<LivenessState>> {

        @Override
        public void onApplicationEvent(AvailabilityChangeEvent<LivenessState> event) {
            if (event.getState() == LivenessState.BROKEN) {
                Thread.ofPlatform().name("exit").start(() -> System.exit(1));
            }
        }
    }
}
