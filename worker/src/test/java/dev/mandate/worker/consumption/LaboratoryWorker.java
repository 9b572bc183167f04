package dev.mandate.worker.consumption;

import dev.mandate.worker.WorkerApplication;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * Starts the worker as it is, but for what an experiment changes: what time it takes it to be, and which guard it is
 * without. Only the sandbox's chaos and the bench start workers by this.
 *
 * <p>{@code laboratory.skew.<instance>} is how far an instance's clock is ahead, such as {@code 8s} or {@code -8s};
 * {@code laboratory.without} names a {@link Weakness}.
 */
public class LaboratoryWorker {

    /** Runs until it is stopped or can't go on. */
    public static void main(String[] arguments) {
        SpringApplication.from(WorkerApplication::main)
                .with(LaboratoryWorker.class)
                .run(arguments);
    }

    @Bean
    @Primary
    Clock laboratoryClock(Environment environment) {
        String skew = "laboratory.skew." + environment.getRequiredProperty("mandate.instance");
        return Clock.offset(Clock.systemUTC(), environment.getProperty(skew, Duration.class, Duration.ZERO));
    }

    @Bean
    @Primary
    Guards laboratoryGuards(Environment environment) {
        String weakness = environment.getProperty("laboratory.without", "");
        return weakness.isEmpty() ? new Guards() : Weakness.valueOf(weakness).guards();
    }
}
