package dev.mandate.api.load;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.problem.ProblemWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the limit before everything else on the port that people use; the management port is not affected. */
@Configuration(proxyBeanMethods = false)
class LoadConfiguration {

    @Bean
    Admission admission(MandateProperties properties, MeterRegistry metrics) {
        int working = properties.intake().concurrency();
        int half = Math.max(1, working / 2);
        var shares = new Shares(
                Math.min(properties.requester().concurrency(), half),
                properties.requester().waiting());
        var admission = new Admission(working, properties.intake().waiting(), shares);
        Gauge.builder("mandate.intake.working", admission, Admission::inUse)
                .description("Requests that are worked on now")
                .register(metrics);
        Gauge.builder("mandate.intake.requesters", shares, Shares::count)
                .description("Requesters who have a request under way now")
                .register(metrics);
        return admission;
    }

    /** Right behind Spring Security, which knows who asks. */
    @Bean
    FilterRegistrationBean<RequesterFilter> requesterFilter(
            MandateProperties properties,
            Admission admission,
            ProblemWriter writer,
            MeterRegistry metrics,
            SecurityFilterProperties security,
            Clock clock) {
        Counter turnedAway = Counter.builder("mandate.intake.requester.limited")
                .description("Requests that were turned away with 429 because one requester sent too many")
                .register(metrics);
        var registration = new FilterRegistrationBean<>(
                new RequesterFilter(properties.requester(), admission, writer, turnedAway, clock));
        registration.setOrder(security.getOrder() + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<AdmissionFilter> admissionFilter(
            Admission admission, ProblemWriter writer, MeterRegistry metrics) {
        Counter turnedAway = Counter.builder("mandate.intake.turned.away")
                .description("Requests that were turned away with 503 because too many were worked on")
                .register(metrics);
        var registration = new FilterRegistrationBean<>(new AdmissionFilter(admission, writer, turnedAway));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** However many are set, half of the places stay free of batches. */
    @Bean
    BatchGate batchGate(MandateProperties properties, Clock clock) {
        int half = Math.max(1, properties.intake().concurrency() / 2);
        return new BatchGate(
                properties.batch(),
                Math.min(properties.batch().total(), half),
                properties.requester().remembered(),
                clock,
                Thread::sleep);
    }
}
