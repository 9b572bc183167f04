package dev.mandate.worker.authorization;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.policy.Denial;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.time.Countdown;

/** What came of deciding a command. */
public sealed interface Verdict {

    /**
     * It may be done.
     *
     * @param authorization the decision, to be recorded
     * @param fresh lasts until its facts are too old for a call to begin
     */
    record Allowed(Authorization authorization, Countdown fresh) implements Verdict {}

    /** It may not be done. */
    record Denied(Authorization authorization, Denial denial) implements Verdict {}

    /** The facts can't be had now. */
    record Undecided(Auth0Exception.Unavailable reason) implements Verdict {}

    /** The facts can't be had until somebody changes the configuration. */
    record Undecidable(Auth0Exception.Refused reason) implements Verdict {}
}
