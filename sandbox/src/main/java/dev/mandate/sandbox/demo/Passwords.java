package dev.mandate.sandbox.demo;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.Person;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.sandbox.evidence.SecretHunt;
import dev.mandate.sandbox.evidence.SecretHunt.Kind;
import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A secret on its way through everything. */
final class Passwords {

    private final Stage stage;
    private final SecureRandom random = new SecureRandom();

    Passwords(Stage stage) {
        this.stage = stage;
    }

    List<Step> steps() {
        return List.of(new Step("A password is set, and can be found nowhere", this::passwordSet));
    }

    private void passwordSet(Scene scene) {
        var password = "Pw-" + word();
        // Its twin goes the same way in the clear: whoever finds that can find.
        var reason = "forgotten-" + word();
        var body = new String(StrictJson.write(StrictJson.object().put("password", password)), StandardCharsets.UTF_8);
        scene.asked("ada.admin sets a password of Inga Initech, because of %s".formatted(reason));
        var answer = stage.ask(
                People.ADA, Ask.of("users.update", DemoSeed.INGA).with(body).because(reason));
        var inga = new Person("inga", DemoSeed.INGA, "inga@initech.example", new Secret(password), Optional.empty());
        var login = stage.frontend().tryLogin(inga);
        scene.back("%s; Inga logs in with it: %d".formatted(answer.inShort(), login.status()));
        scene.expect("the outcome is 200 succeeded", answer.outcome().equals("succeeded"));
        scene.expect("Inga can log in with it", login.status() == 200);

        var hunt = new SecretHunt(stage.sandbox(), stage.evidence());
        var forReason = hunt.lookFor(reason);
        var forPassword = hunt.lookFor(password);
        scene.asked("the password and the reason are looked for: as they are, in hexadecimal and in base64");
        scene.back("looked through %s".formatted(forPassword.looked()));
        scene.back("the reason is in %s".formatted(forReason.foundIn()));
        scene.back("the password is in %s"
                .formatted(forPassword.found().isEmpty() ? "none of them" : forPassword.foundIn()));
        scene.expect(
                "the reason is found in the topics and in the database",
                !forReason.wordsIn(Kind.TOPIC).isEmpty()
                        && !forReason.wordsIn(Kind.TABLE).isEmpty());
        scene.expect("the password is found nowhere", forPassword.found().isEmpty());
    }

    private String word() {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
