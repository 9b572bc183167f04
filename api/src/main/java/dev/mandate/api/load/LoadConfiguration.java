package dev.mandate.api.load;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.problem.ProblemWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the limit before everything else on the port that people use; the management port is not affected. */
@Configuration(proxyBeanMethods = false)
class LoadConfiguration {

    @Bean
    Admission admission(MandateProperties properties, MeterRegistry metrics) {
        var admission = new Admission(
                properties.intake().concurrency(), properties.intake().waiting());
        Gauge.builder("mandate.intake.working", admission, Admission::inUse)
                .description("Requests that are worked on now")
                .register(metrics);
        return admission;
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
}
