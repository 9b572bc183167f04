package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an action, or one of its arguments, needs a permission of its own besides the scopes of the Management API. */
public enum Mark {
    /** It gives power: roles, permissions, grants. */
    @JsonProperty("escalation")
    ESCALATION,
    /** It gives somebody's account: password, e-mail, tickets, factors, recovery codes, identities. */
    @JsonProperty("takeover")
    TAKEOVER,
    /** It takes data out in bulk, or takes out credentials of elsewhere. */
    @JsonProperty("exfiltration")
    EXFILTRATION
}
