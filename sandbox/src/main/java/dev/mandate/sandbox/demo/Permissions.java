package dev.mandate.sandbox.demo;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.simulator.seed.DemoSeed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Who may do what: permissions, organizations, and what nobody may give themselves. */
final class Permissions {

    private static final String BLOCK = "{\"blocked\":true}";

    private final Stage stage;
    private final String key = UUID.randomUUID().toString();
    private String blocking = "";

    Permissions(Stage stage) {
        this.stage = stage;
    }

    List<Step> steps() {
        return List.of(
                new Step("Support reads a user", this::supportReads),
                new Step("Support may not block the user", this::supportMayNotBlock),
                new Step("An organization's administrator reaches a user of the organization", this::ownOrganization),
                new Step("… and not one of another organization", this::otherOrganization),
                new Step("Whoever may update users may not grant themselves a permission", this::ownGrant),
                new Step("An administrator blocks the user", this::administratorBlocks),
                new Step("The same request with the same idempotency key happens once", this::onlyOnce));
    }

    /** The id of the command that blocked the user. */
    String blocking() {
        return blocking;
    }

    private void supportReads(Scene scene) {
        long before = stage.latestCall();
        scene.asked("sam.support, who may read:users, asks for users.get of Uma User");
        var answer = stage.ask(People.SAM, Ask.of("users.get", DemoSeed.UMA));
        // Reads carry no correlation id: Auth0 logs writes only.
        var calls = stage.callsSince(before, "/api/v2/users/" + DemoSeed.UMA);
        scene.back("%s, with her address %s".formatted(answer.inShort(), answer.text("/result/email")));
        calls.forEach(call -> scene.back(
                "Auth0 saw %s %s with a token for %s".formatted(call.method(), call.decodedPath(), call.scopes())));
        scene.expect("the outcome is 200 succeeded", is(answer.status(), answer.outcome(), 200, "succeeded"));
        scene.expect("the answer is the user", answer.text("/result/user_id").equals(DemoSeed.UMA));
        scene.expect(
                "Auth0 was asked once, with the least scope",
                calls.size() == 1 && calls.getFirst().scopes().equals(List.of("read:users")));
    }

    private void supportMayNotBlock(Scene scene) {
        int records = stage.evidence().size();
        int writes = stage.writes();
        scene.asked("sam.support asks for users.update of Uma User: %s".formatted(BLOCK));
        var answer = stage.ask(People.SAM, Ask.of("users.update", DemoSeed.UMA).with(BLOCK));
        scene.back("%s: %s".formatted(answer.inShort(), answer.text("/detail")));
        scene.expect(
                "it is 403 policy.permission_missing",
                is(answer.status(), answer.code(), 403, "policy.permission_missing"));
        scene.expect("nothing was written to Kafka", stage.evidence().size() == records);
        scene.expect("nothing was changed in Auth0", stage.writes() == writes);
        scene.expect("Uma is not blocked", !stage.tenant().users().isBlocked(DemoSeed.UMA));
    }

    private void ownOrganization(Scene scene) {
        scene.asked("olga.org, logged in through Globex, sets a nickname of Gus Globex");
        var answer = stage.ask(People.OLGA, Ask.of("users.update", DemoSeed.GUS).with("{\"nickname\":\"gustav\"}"));
        scene.back("%s; in Auth0 his nickname is now %s".formatted(answer.inShort(), nickname(DemoSeed.GUS)));
        scene.expect("the outcome is 200 succeeded", is(answer.status(), answer.outcome(), 200, "succeeded"));
        scene.expect("the nickname is set", nickname(DemoSeed.GUS).equals("gustav"));
    }

    private void otherOrganization(Scene scene) {
        var before = nickname(DemoSeed.INGA);
        scene.asked("olga.org sets a nickname of Inga Initech");
        var answer =
                stage.ask(People.OLGA, Ask.of("users.update", DemoSeed.INGA).with("{\"nickname\":\"hers\"}"));
        scene.back("%s: %s".formatted(answer.inShort(), answer.text("/error/message")));
        scene.expect(
                "the worker denies it with policy.other_organization",
                is(answer.status(), answer.outcome(), 200, "denied")
                        && answer.code().equals("policy.other_organization"));
        scene.expect(
                "nothing was changed in Auth0 for it",
                stage.callsFor(answer.id()).isEmpty());
        scene.expect("Inga's nickname is what it was", nickname(DemoSeed.INGA).equals(before));
    }

    private void ownGrant(Scene scene) {
        int records = stage.evidence().size();
        var permissions = StrictJson.object();
        permissions
                .putArray("permissions")
                .addObject()
                .put("resource_server_identifier", Names.AUDIENCE)
                .put("permission_name", "delete:users");
        var body = new String(StrictJson.write(permissions), StandardCharsets.UTF_8);
        scene.asked("rick.rank, who may update:users, asks for users.permissions.create of himself: delete:users");
        var answer = stage.ask(
                People.RICK, Ask.of("users.permissions.create", DemoSeed.RICK).with(body));
        scene.back("%s: %s".formatted(answer.inShort(), answer.text("/detail")));
        scene.expect(
                "it is 403, with a code of the policy",
                answer.status() == 403 && answer.code().startsWith("policy."));
        scene.expect("nothing was written to Kafka", stage.evidence().size() == records);
        scene.expect(
                "he has no permission of his own",
                stage.tenant().userPermissions(DemoSeed.RICK).isEmpty());
    }

    private void administratorBlocks(Scene scene) {
        scene.asked("ada.admin asks for users.update of Uma User: %s, because of INC-4711".formatted(BLOCK));
        var answer = stage.ask(People.ADA, blockUma());
        blocking = answer.id();
        scene.back("%s, attempt %s".formatted(answer.inShort(), answer.text("/attempt")));
        stage.callsFor(blocking)
                .forEach(call -> scene.back("Auth0 saw %s %s with a token for %s, and answered %d"
                        .formatted(
                                call.method(),
                                call.decodedPath(),
                                call.scopes(),
                                call.status().orElse(0))));
        scene.expect("the outcome is 200 succeeded", is(answer.status(), answer.outcome(), 200, "succeeded"));
        scene.expect("Uma is blocked", stage.tenant().users().isBlocked(DemoSeed.UMA));
        scene.expect(
                "Auth0 was asked with the least scope",
                stage.callsFor(blocking).stream().allMatch(call -> call.scopes().equals(List.of("update:users"))));
    }

    private void onlyOnce(Scene scene) {
        scene.asked("ada.admin sends the same request again, with the same Idempotency-Key");
        var answer = stage.ask(People.ADA, blockUma());
        scene.back("%s, the same command %s".formatted(answer.inShort(), answer.id()));
        scene.expect("it is the same command", answer.id().equals(blocking));
        scene.expect("its outcome is the same", is(answer.status(), answer.outcome(), 200, "succeeded"));
        scene.expect("Auth0 was asked once", stage.callsFor(blocking).size() == 1);
    }

    private Ask blockUma() {
        return Ask.of("users.update", DemoSeed.UMA)
                .with(BLOCK)
                .because("INC-4711 compromised account")
                .keyed(key);
    }

    private String nickname(String userId) {
        return stage.tenant()
                .users()
                .find(userId)
                .map(user -> user.path("nickname").asString(""))
                .orElse("");
    }

    private static boolean is(int status, String word, int expectedStatus, String expectedWord) {
        return status == expectedStatus && word.equals(expectedWord);
    }
}
