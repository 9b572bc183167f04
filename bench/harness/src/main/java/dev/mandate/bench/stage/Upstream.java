package dev.mandate.bench.stage;

import dev.mandate.bench.upstream.Seen;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The upstream as the harness sees it: a process that can be told how slow to be, and asked what it saw. */
public final class Upstream implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Child process;

    Upstream(String url, Child process) {
        this.url = url;
        this.process = process;
    }

    /** Its base URL, without a trailing slash. */
    public String url() {
        return url;
    }

    /** Its process. */
    public Child process() {
        return process;
    }

    /** What it has seen since the last {@link #reset}. */
    public Seen seen() {
        return StrictJson.read(get("/bench/state"), Seen.class);
    }

    /** Lets it count from zero, and take this long for each change from now on. */
    public void reset(Duration delay) {
        get("/bench/reset?delay=" + delay.toMillis());
    }

    private byte[] get(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.close();
    }
}
