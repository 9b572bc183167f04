package dev.mandate.sandbox.demo;

import dev.mandate.sandbox.People;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.sandbox.evidence.Eventually;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.seed.DemoSeed;
import java.util.List;
import java.util.Set;

/** A right that is lost after the command was accepted, and before it is executed. */
final class Withdrawal {

    private static final String TARGET = DemoSeed.crowd(39);

    private final Stage stage;

    Withdrawal(Stage stage) {
        this.stage = stage;
    }

    List<Step> steps() {
        return List.of(new Step("An administrator's role is taken away while the command waits", this::roleTaken));
    }

    private void roleTaken(Scene scene) {
        var faults = stage.sandbox().simulator().faults();
        Set<String> roles = Set.copyOf(stage.tenant().userRoles(DemoSeed.ADA));
        int hold = faults.inject(Fault.once(new Effect.Hold()).on("PATCH", "/api/v2/users/" + TARGET));
        try {
            scene.asked("rick.rank sets a nickname of Crowd 39; Auth0 takes its time over it");
            var first = stage.submit(People.RICK, Ask.of("users.update", TARGET).with("{\"nickname\":\"slow\"}"));
            scene.expect(
                    "Auth0 is busy with the first command",
                    Eventually.isTrue(
                            Stage.PATIENCE, () -> !stage.callsFor(first.id()).isEmpty()));
            scene.asked("meanwhile ada.admin asks to block the same user, and her command has to wait for its turn");
            var second = stage.submit(People.ADA, Ask.of("users.update", TARGET).with("{\"blocked\":true}"));
            scene.back("%s, %s".formatted(second.inShort(), second.id()));
            scene.asked("in Auth0, her role is taken away; then the first command comes to its end");
            stage.tenant().takeRoles(DemoSeed.ADA, roles);
            faults.remove(hold);
            var ended = stage.outcome(People.RICK, first);
            var denied = stage.outcome(People.ADA, second);
            scene.back("rick's command: %s".formatted(ended.inShort()));
            scene.back("ada's command: %s: %s".formatted(denied.inShort(), denied.text("/error/message")));
            scene.expect("ada's command was accepted", second.status() == 202);
            scene.expect("rick's command succeeded", ended.outcome().equals("succeeded"));
            scene.expect(
                    "the worker denies ada's with policy.permission_missing",
                    denied.outcome().equals("denied") && denied.code().equals("policy.permission_missing"));
            scene.expect(
                    "nothing was changed in Auth0 for it",
                    stage.callsFor(second.id()).isEmpty());
            scene.expect("the user is not blocked", !stage.tenant().users().isBlocked(TARGET));
        } finally {
            faults.remove(hold);
            stage.tenant().giveRoles(DemoSeed.ADA, roles);
        }
    }
}
