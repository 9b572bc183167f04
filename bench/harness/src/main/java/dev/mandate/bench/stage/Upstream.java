package dev.mandate.bench.stage;

import dev.mandate.bench.upstream.Conduct;
import dev.mandate.bench.upstream.Limited;
import dev.mandate.bench.upstream.Seen;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The upstream as the harness sees it: a process that can be told how to behave, and asked what it saw. */
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
        return StrictJson.read(ask("/bench/seen", BodyPublishers.noBody()), Seen.class);
    }

    /** What its limit has done since then. */
    public Limited limited() {
        return StrictJson.read(ask("/bench/limited", BodyPublishers.noBody()), Limited.class);
    }

    /** Lets it count from zero, and behave like this from now on. */
    public void reset(Conduct conduct) {
        ask("/bench/reset", BodyPublishers.ofByteArray(StrictJson.write(conduct)));
    }

    private byte[] ask(String path, BodyPublisher body) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url + path))
                                    .POST(body)
                                    .build(),
                            BodyHandlers.ofByteArray())
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
