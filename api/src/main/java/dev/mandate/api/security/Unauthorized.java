package dev.mandate.api.security;

import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers requests that are not let in: problem documents, and {@code WWW-Authenticate} (RFC 6750 §3). */
final class Unauthorized implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private static final String RETRY_SECONDS = "5";

    private final ProblemWriter writer;

    Unauthorized(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        TokenProblem problem = e instanceof TokenRefusedException refused ? refused.problem() : TokenProblem.MISSING;
        switch (problem) {
            case ISSUER_UNAVAILABLE -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
                write(response, HttpStatus.SERVICE_UNAVAILABLE, problem.code(), problem.detail());
            }
            case MISSING -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                write(response, HttpStatus.UNAUTHORIZED, problem.code(), problem.detail());
            }
            default -> {
                response.setHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer error=\"invalid_token\", error_description=\"" + problem.detail() + "\"");
                write(response, HttpStatus.UNAUTHORIZED, problem.code(), problem.detail());
            }
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        write(response, HttpStatus.FORBIDDEN, "request.forbidden", "This is not offered");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        write(response, HttpStatus.BAD_REQUEST, "request.invalid", "The request's line or headers are not acceptable");
    }

    private void write(HttpServletResponse response, HttpStatus status, String code, String detail) throws IOException {
        writer.write(response, Problem.of(status, code, status.getReasonPhrase(), detail));
    }
}
