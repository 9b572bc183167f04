package dev.mandate.contracts.journal;

import dev.mandate.contracts.command.CommandReference;
import java.util.List;
import java.util.Optional;

/** Lines of macros' outcomes. */
final class TestSteps {

    private TestSteps() {}

    static StepOutcome done(String action) {
        return new StepOutcome(
                action, StepStatus.SUCCEEDED, 1, Optional.of(call(200)), Optional.of("sealed"), Optional.empty());
    }

    static StepOutcome failed(String action) {
        return new StepOutcome(
                action,
                StepStatus.FAILED,
                2,
                Optional.of(call(404)),
                Optional.empty(),
                Optional.of(new OutcomeError("upstream.refused", "Auth0 refused it")));
    }

    static Outcome outcome(CommandReference reference, OutcomeStatus status, List<StepOutcome> lines) {
        return new Outcome(
                reference,
                status,
                2,
                "worker-1/1",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OutcomeError("upstream.refused", "Auth0 refused it")),
                Optional.of(lines),
                Optional.of("Auth0 lifts this block when the password is reset"));
    }

    private static Upstream call(int status) {
        return new Upstream("PATCH", "/users/{id}", Optional.of(status), List.of(), List.of(), "x", Optional.empty());
    }
}
