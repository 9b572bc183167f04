package dev.mandate.sandbox.demo;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.attack.Attacker;
import dev.mandate.sandbox.evidence.Eventually;
import dev.mandate.sandbox.evidence.Evidence;
import dev.mandate.simulator.seed.DemoSeed;
import java.util.List;
import java.util.function.Supplier;

/** What somebody tries who has stolen the API's Kafka password, and more. */
final class Forgeries {

    private static final String UNBLOCK = "{\"blocked\":false}";

    private final Stage stage;
    private final Supplier<String> genuine;

    /**
     * Forgeries made out of a genuine command.
     *
     * @param genuine the id of the command that blocked a user
     */
    Forgeries(Stage stage, Supplier<String> genuine) {
        this.stage = stage;
        this.genuine = genuine;
    }

    List<Step> steps() {
        return List.of(
                new Step("A command is forged with the API's Kafka password, but not its key", this::withoutTheKey),
                new Step("… with its key as well, but no token of the person named", this::withTheKey),
                new Step("… and a genuine command is copied to another partition", this::copied));
    }

    private void withoutTheKey(Scene scene) {
        scene.asked(
                "somebody logs in to Kafka as api and writes, in ada's name: unblock Uma, signed with a key of his own");
        comesToNothing(scene, "jws.signature", (attacker, command) -> attacker.forgeWithoutTheKey(command, UNBLOCK));
    }

    private void withTheKey(Scene scene) {
        scene.asked("he signs it with the intake's own key; of tokens he has only that of rick.rank");
        comesToNothing(
                scene,
                "token.invalid",
                (attacker, command) -> attacker.forgeWithTheKey(command, UNBLOCK, stage.token(People.RICK)));
    }

    private void copied(Scene scene) {
        scene.asked("he copies ada's genuine command, to the last byte, to the next partition");
        comesToNothing(scene, "bind.mismatch", Attacker::copyElsewhere);
    }

    private void comesToNothing(Scene scene, String reason, Attack attack) {
        var command = stage.evidence().command(genuine.get()).orElseThrow();
        int writes = stage.writes();
        LogRecord.Position position;
        try (var attacker = new Attacker(stage.sandbox())) {
            position = attack.by(attacker, command);
        }
        var quarantined = Eventually.find(Stage.PATIENCE, () -> stage.evidence().quarantined(position));
        scene.back("the broker took it as %s; the worker put it into quarantine: %s"
                .formatted(position, quarantined.orElse("no")));
        scene.expect(
                "it is in quarantine for " + reason,
                quarantined.filter(reason::equals).isPresent());
        scene.expect("nothing was changed in Auth0", stage.writes() == writes);
        scene.expect("Uma is still blocked", stage.tenant().users().isBlocked(DemoSeed.UMA));
    }

    private interface Attack {
        LogRecord.Position by(Attacker attacker, Evidence.Found command);
    }
}
