package dev.mandate.api.security;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * An access token is refused. Nothing of the token is in here. It is an OAuth2 exception, since Spring Security lets
 * only those be thrown while the token is looked for.
 */
final class TokenRefusedException extends OAuth2AuthenticationException {

    private final TokenProblem problem;

    TokenRefusedException(TokenProblem problem) {
        super(new OAuth2Error("invalid_token"), problem.code());
        this.problem = problem;
    }

    TokenProblem problem() {
        return problem;
    }

    /** An answer rather than a fault: nobody looks at where it came from. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
