package dev.mandate.api.load;

import dev.mandate.api.configuration.BatchLimits;
import dev.mandate.api.security.Caller;
import dev.mandate.api.testkit.MovableClock;
import java.time.Instant;

/** Gates that time passes for whenever somebody waits. */
public final class TestBatchGates {

    private static final Caller.Person ADA = new Caller.Person("https://issuer.example/", "auth0|ada");

    private TestBatchGates() {}

    /** A batch that was let in. */
    public static BatchGate.Pass pass(BatchLimits limits) {
        var clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
        return new BatchGate(limits, 1, 1, clock, clock::move).enter(ADA);
    }
}
