package dev.mandate.api.security;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Spring Security's view of a {@link Caller}. Authority comes from the policy, so there are no authorities here. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }
}
