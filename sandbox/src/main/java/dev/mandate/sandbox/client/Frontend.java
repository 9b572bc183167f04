package dev.mandate.sandbox.client;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.Names;
import dev.mandate.sandbox.Person;
import dev.mandate.simulator.seed.DemoSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A frontend: logs people in at the tenant, and asks the API with their tokens over HTTP, like any other client. */
public final class Frontend implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI api;
    private final URI issuer;

    /**
     * A frontend of this API.
     *
     * @param issuer the tenant, with a trailing slash
     */
    public Frontend(URI api, URI issuer) {
        this.api = api;
        this.issuer = issuer;
    }

    /**
     * Logs somebody in with a password and returns the access token.
     *
     * @throws IllegalStateException when the tenant refuses
     */
    public String login(Person person) {
        var answer = tryLogin(person);
        if (answer.status() != 200) {
            throw new IllegalStateException(person.login() + " can't log in: " + answer.text("/error_description"));
        }
        return answer.text("/access_token");
    }

    /** Logs somebody in, or not. */
    public Answer tryLogin(Person person) {
        var login = StrictJson.object()
                .put("grant_type", "password")
                .put("client_id", DemoSeed.CONSOLE)
                .put("audience", Names.AUDIENCE)
                .put("username", person.email())
                .put("password", person.password().value());
        person.organization().ifPresent(organization -> login.put("organization", organization));
        return send(HttpRequest.newBuilder(issuer.resolve("oauth/token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(StrictJson.write(login))));
    }

    /** Asks, and waits up to this long for the outcome; zero does not wait. */
    public Answer ask(String token, Ask ask, Duration wait) {
        var request = HttpRequest.newBuilder(api.resolve("/v1/commands"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(ask.json()));
        prefer(request, wait);
        ask.idempotencyKey().ifPresent(key -> request.header("Idempotency-Key", "\"" + key + "\""));
        return send(request);
    }

    /** Looks a command up that was accepted, by the link in its {@code Location}, and waits for its outcome. */
    public Answer follow(String token, Answer accepted, Duration wait) {
        var location = accepted.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException("not accepted: " + accepted.inShort()));
        var request = HttpRequest.newBuilder(api.resolve(location)).header("Authorization", "Bearer " + token);
        prefer(request, wait);
        return send(request);
    }

    /** Sends any other request to the API. */
    public Answer send(String path, UnaryOperator<HttpRequest.Builder> shape) {
        return send(shape.apply(HttpRequest.newBuilder(api.resolve(path))));
    }

    @Override
    public void close() {
        http.close();
    }

    private static void prefer(HttpRequest.Builder request, Duration wait) {
        if (!wait.isZero()) {
            request.header("Prefer", "wait=" + wait.toSeconds());
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            return Answer.of(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
