package dev.mandate.contracts.journal;

import java.util.Optional;

/** Calls to Auth0, as the journal has them. */
public final class TestCalls {

    private TestCalls() {}

    /** The same call, if its answer had been lost and an entry in Auth0's own log had told how it ended. */
    public static Upstream seenInLog(Upstream answered, String logId) {
        return new Upstream(
                answered.method(),
                answered.route(),
                answered.status(),
                answered.scopes(),
                answered.wider(),
                answered.correlationId(),
                Optional.empty(),
                Optional.of(logId));
    }
}
