package dev.mandate.sandbox.endtoend;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.People;
import dev.mandate.sandbox.client.Answer;
import dev.mandate.sandbox.demo.Stage;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Ada's batch that blocks people, one a line. */
record Batch(Stage stage, Answer answer) {

    /** Submits it, and returns when all of it is acknowledged. */
    static Batch blocking(Stage stage, List<String> people) {
        String lines = people.stream().map(Batch::line).collect(Collectors.joining("\n"));
        Answer answer = stage.frontend()
                .send(
                        "/v1/batches",
                        request -> request.header("Authorization", "Bearer " + stage.token(People.ADA))
                                .header("Content-Type", "application/x-ndjson")
                                .header("Idempotency-Key", "\"" + UUID.randomUUID() + "\"")
                                .POST(BodyPublishers.ofString(lines)));
        return new Batch(stage, answer);
    }

    /** A number in what the API says of it now. */
    int count(String pointer) {
        return stage.frontend()
                .send(
                        "/v1/batches/" + answer.id(),
                        request -> request.header("Authorization", "Bearer " + stage.token(People.ADA)))
                .body()
                .at(pointer)
                .asInt(0);
    }

    /** Calls off what is left of it. */
    Answer cancel() {
        return stage.frontend()
                .send(
                        "/v1/batches/" + answer.id() + "/cancellation",
                        request -> request.header("Authorization", "Bearer " + stage.token(People.ADA))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"reason\":\"the wrong list\"}")));
    }

    private static String line(String userId) {
        var line = StrictJson.object().put("tenant", Names.TENANT).put("action", "users.update");
        line.putObject("arguments").put("id", userId).putObject("body").put("blocked", true);
        return new String(StrictJson.write(line), StandardCharsets.UTF_8);
    }
}
