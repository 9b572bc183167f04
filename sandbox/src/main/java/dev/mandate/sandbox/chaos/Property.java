package dev.mandate.sandbox.chaos;

import java.util.List;
import java.util.function.Function;

/** What must hold of each run, whatever went wrong in it. */
enum Property {
    KEPT("every 202 has exactly one outcome", Promises::areKept),
    SAME("one idempotency key is one command", Promises::ofOneKeyAreOne),
    COMMANDED("nothing ran without a command that asks for just that", Effects::areCommanded),
    ALONE("no command ran beside itself or another on its target", Order::isOneAtATime),
    ONCE("no creation happened twice unless it is guarded and its outcome says unknown", Effects::happenOnce),
    ORDERED("effects on a target are in the order of the log", Order::isThatOfTheLog),
    DONE("every succeeded write is in the simulator", Effects::areThereWhereSucceeded),
    TOLD("every effect in the simulator has an outcome that admits it", Effects::areTold),
    LASTING("everybody is as the last command left them", Effects::last),
    WORKED("most writes were done", Effects::areMany),
    AUDITED("audit verify holds", Property::audit);

    private final String claim;
    private final Function<History, Finding> look;

    Property(String claim, Function<History, Finding> look) {
        this.claim = claim;
        this.look = look;
    }

    /** In one sentence, without a full stop. */
    String claim() {
        return claim;
    }

    Finding in(History history) {
        return look.apply(history);
    }

    private static Finding audit(History history) {
        var lines = history.audit().report().lines().toList();
        return new Finding(
                lines.isEmpty() ? "nothing was said" : lines.getLast(),
                history.audit().holds() ? List.of() : lines);
    }
}
