package dev.mandate.api.load;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mandate.api.configuration.RequesterLimits;
import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemWriter;
import dev.mandate.api.security.Caller;
import io.micrometer.core.instrument.Counter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one requester from taking the intake away from all others: with 429 above a rate, and above a number of
 * requests at once. Stands behind authentication, since only then is it known who asks, and before everything that
 * reads, waits or sends. Every answer says what is left (draft-ietf-httpapi-ratelimit-headers-10).
 */
final class RequesterFilter extends OncePerRequestFilter {

    private static final String POLICY_HEADER = "RateLimit-Policy";
    private static final String LEFT_HEADER = "RateLimit";
    private static final String POLICY = "\"requester\"";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RequesterLimits limits;
    private final Admission admission;
    private final Cache<Caller.Person, Allowance> allowances;
    private final String policy;
    private final ProblemWriter writer;
    private final Counter turnedAway;
    private final Clock clock;

    RequesterFilter(
            RequesterLimits limits, Admission admission, ProblemWriter writer, Counter turnedAway, Clock clock) {
        this.limits = limits;
        this.admission = admission;
        this.writer = writer;
        this.turnedAway = turnedAway;
        this.clock = clock;
        Duration refill = Duration.ofMillis(Math.ceilDiv(1000L * limits.burst(), limits.perSecond()));
        this.policy = POLICY + ";q=" + limits.burst() + ";w=" + seconds(refill);
        // Whoever is forgotten would have all of it again anyway.
        this.allowances = Caffeine.newBuilder()
                .maximumSize(limits.remembered())
                .expireAfterAccess(refill.plus(SOON))
                .build();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller.Person> person = person();
        if (person.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Allowance.Grant grant = allowances
                .get(person.get(), who -> new Allowance(limits.burst(), limits.perSecond(), clock.instant()))
                .take(clock.instant());
        response.setHeader(POLICY_HEADER, policy);
        response.setHeader(LEFT_HEADER, POLICY + ";r=" + grant.left() + ";t=" + seconds(grant.full()));
        if (!grant.granted()) {
            turnAway(response, grant.next(), "requester.rate", "You have sent too many requests; nothing was done");
            return;
        }
        try {
            if (!admission.admit(person.get(), () -> chain.doFilter(request, response))) {
                turnAway(
                        response,
                        SOON,
                        "requester.concurrency",
                        "Too many of your requests are being worked on; nothing was done");
            }
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private void turnAway(HttpServletResponse response, Duration retryAfter, String code, String detail)
            throws IOException {
        turnedAway.increment();
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds(retryAfter))));
        writer.write(response, Problem.of(HttpStatus.TOO_MANY_REQUESTS, code, "Too Many Requests", detail));
    }

    private static Optional<Caller.Person> person() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller.person())
                : Optional.empty();
    }

    private static long seconds(Duration duration) {
        return Math.ceilDiv(duration.toMillis(), 1000L);
    }
}
