package dev.mandate.api.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real requests to a running intake. */
public final class Http {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final int port;

    public Http(int port) {
        this.port = port;
        this.base = "http://127.0.0.1:" + port;
    }

    /** An answer. */
    public record Answer(HttpResponse<byte[]> response) {

        public int status() {
            return response.statusCode();
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        /** The problem's code; fails unless this is a problem document. */
        public String code() {
            if (!header("Content-Type").orElse("").equals("application/problem+json")) {
                throw new AssertionError("Not a problem document: " + status() + " " + text());
            }
            JsonNode problem = json();
            if (problem.path("status").asInt() != status()
                    || problem.path("type").asString("").isEmpty()) {
                throw new AssertionError("An incomplete problem document: " + text());
            }
            return problem.path("code").stringValue();
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer get(String path, String token) {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    /** A {@code POST /v1/commands}, with what a test adds. */
    public HttpRequest.Builder command(String token, String body) {
        return command(token, body.getBytes(StandardCharsets.UTF_8));
    }

    public HttpRequest.Builder command(String token, byte[] body) {
        return request("/v1/commands")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    public Answer submit(String token, String body) {
        return send(command(token, body));
    }

    /** A {@code POST /v1/batches} with these lines. */
    public HttpRequest.Builder batch(String token, String key, String query, List<String> lines) {
        return batch(token, query, String.join("\n", lines)).header("Idempotency-Key", key);
    }

    /** A {@code POST /v1/batches} without a key. */
    public HttpRequest.Builder batch(String token, String query, String body) {
        return request("/v1/batches" + query)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** What comes back for bytes that no HTTP client would send. */
    public String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A request that is begun and left so. */
    public Socket begin(String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
