package dev.mandate.api.load;

import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemWriter;
import io.micrometer.core.instrument.Counter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns requests away with 503 while as many as allowed are being worked on. Stands before everything that costs. */
final class AdmissionFilter extends OncePerRequestFilter {

    private static final String RETRY_SECONDS = "1";

    private final Admission admission;
    private final ProblemWriter writer;
    private final Counter turnedAway;

    AdmissionFilter(Admission admission, ProblemWriter writer, Counter turnedAway) {
        this.admission = admission;
        this.writer = writer;
        this.turnedAway = turnedAway;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean admitted;
        try {
            admitted = admission.admit(() -> chain.doFilter(request, response));
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
        if (!admitted) {
            turnedAway.increment();
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            writer.write(
                    response,
                    Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "overloaded",
                            "Service Unavailable",
                            "Too much at once; nothing was done. Try again"));
        }
    }
}
