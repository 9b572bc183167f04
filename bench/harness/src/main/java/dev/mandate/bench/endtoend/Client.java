package dev.mandate.bench.endtoend;

import dev.mandate.bench.stage.Issuer;
import dev.mandate.bench.stage.Numbers;
import dev.mandate.bench.stage.Stage;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Asks the API for commands in the name of many people, and waits for each outcome within the request. */
final class Client implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WAIT = "wait=20";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI commands;
    private final List<String> tokens;
    private final Numbers numbers;

    Client(URI api, Issuer issuer, Numbers numbers) {
        this.commands = api.resolve("/v1/commands");
        this.numbers = numbers;
        this.tokens = IntStream.range(0, Stage.PEOPLE)
                .mapToObj(issuer::person)
                .map(Issuer.Person::token)
                .toList();
    }

    /** Asks for one command, and returns whether it has succeeded when it is known. */
    boolean ask() throws InterruptedException {
        var order = numbers.next();
        var request = HttpRequest.newBuilder(commands)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + tokens.get(order.number() % tokens.size()))
                .header("Content-Type", "application/json")
                .header("Prefer", WAIT)
                .POST(BodyPublishers.ofByteArray(order.command()))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    && StrictJson.parseObject(answer.body())
                            .path("status")
                            .asString("")
                            .equals("succeeded");
        } catch (IOException | MalformedJsonException e) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
