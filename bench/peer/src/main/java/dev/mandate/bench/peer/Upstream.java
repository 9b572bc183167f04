package dev.mandate.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One call for one order, by the HTTP client that Mandate's worker uses, too. */
public final class Upstream {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String users;
    private final String authorization;

    /** @param settings say where it is */
    public Upstream(PeerSettings settings) {
        this.users = settings.upstream() + "/api/v2/users/";
        this.authorization = "Bearer " + settings.token();
    }

    /**
     * Does what an order asks for.
     *
     * @throws IllegalStateException when the upstream answers anything but 200
     * @throws UncheckedIOException when it does not answer
     */
    public void execute(Order order) {
        var request = HttpRequest.newBuilder(URI.create(users + order.user().replace("|", "%7C")))
                .timeout(TIMEOUT)
                .header("Authorization", authorization)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(order.body()))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the upstream answered " + answer.statusCode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
