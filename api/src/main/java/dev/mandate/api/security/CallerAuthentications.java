package dev.mandate.api.security;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Makes a {@link Caller} of a bearer token. */
final class CallerAuthentications implements AuthenticationManager {

    private final VerifiedTokens tokens;

    CallerAuthentications(VerifiedTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        if (authentication instanceof BearerTokenAuthenticationToken bearer) {
            return new CallerAuthentication(tokens.caller(bearer.getToken()));
        }
        throw new TokenRefusedException(TokenProblem.MISSING);
    }
}
