package dev.mandate.api.security;

import dev.mandate.api.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** Refusals of access tokens as problem documents, for those who can't leave the answer to Spring Security. */
public final class RefusedTokens {

    private RefusedTokens() {}

    /** What the client is told: 401, but 503 {@code issuer.unavailable} when it is not the client's fault. */
    public static Problem problem(AuthenticationException e) {
        TokenProblem problem = e instanceof TokenRefusedException refused ? refused.problem() : TokenProblem.MISSING;
        HttpStatus status =
                problem == TokenProblem.ISSUER_UNAVAILABLE ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.UNAUTHORIZED;
        return Problem.of(status, problem.code(), status.getReasonPhrase(), problem.detail());
    }
}
