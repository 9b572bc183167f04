package dev.mandate.api.status;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** A running intake, spoken to over HTTP. */
public record Instance(ConfigurableApplicationContext context) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    public URI managementUrl(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port") + path);
    }

    public HttpResponse<String> get(TestPerson person, String path, String... headers) {
        return get(person.token(), path, headers);
    }

    public HttpResponse<String> get(String token, String path, String... headers) {
        return send(request(token, path, headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends JSON. */
    public HttpResponse<String> post(TestPerson person, String path, String body) {
        return send(
                request(person.token(), path, "Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<Stream<String>> stream(String token, String path, String... headers) {
        return send(request(token, path, headers).build(), HttpResponse.BodyHandlers.ofLines());
    }

    public HttpResponse<InputStream> open(String token, String path, String... headers) {
        return send(request(token, path, headers).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    public HttpResponse<String> management(String path) {
        return send(HttpRequest.newBuilder(managementUrl(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String token, String path, String... headers) {
        var request = HttpRequest.newBuilder(url(path)).header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
