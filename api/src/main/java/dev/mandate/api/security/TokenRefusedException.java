package dev.mandate.api.security;

import org.springframework.security.core.AuthenticationException;

/** An access token is refused. Nothing of the token is in here. */
final class TokenRefusedException extends AuthenticationException {

    private final TokenProblem problem;

    TokenRefusedException(TokenProblem problem) {
        super(problem.code());
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
