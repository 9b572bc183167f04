package dev.mandate.api.stream;

import dev.mandate.api.status.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of an event stream, as the HTML Living Standard §9.2.6 describes it. */
final class TestStream implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastEventId = "";
    private volatile boolean ended;

    /** An event. */
    record Event(String name, String id, JsonNode data) {

        String command() {
            return data.path("command").stringValue("");
        }

        /** What happened to which command. */
        String what() {
            return name + " " + command();
        }
    }

    private TestStream(HttpResponse<InputStream> response) {
        this.response = response;
    }

    static TestStream open(Instance intake, String token, String path, String lastEventId) {
        HttpResponse<InputStream> response = lastEventId.isEmpty()
                ? intake.open(token, path, "Accept", "text/event-stream")
                : intake.open(token, path, "Accept", "text/event-stream", "Last-Event-ID", lastEventId);
        var stream = new TestStream(response);
        if (response.statusCode() == 200) {
            Thread.ofVirtual().start(stream::read);
        }
        return stream;
    }

    int status() {
        return response.statusCode();
    }

    String code() {
        try (InputStream body = response.body()) {
            return JsonMapper.shared().readTree(body).path("code").stringValue();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    List<Event> events() {
        return events;
    }

    List<String> what() {
        return events.stream().map(Event::what).toList();
    }

    String lastEventId() {
        return lastEventId;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void read() {
        var fields = new HashMap<String, String>();
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    dispatch(fields);
                    fields.clear();
                } else if (!line.startsWith(":")) {
                    int colon = line.indexOf(": ");
                    fields.merge(line.substring(0, colon), line.substring(colon + 2), (a, b) -> a + "\n" + b);
                }
            }
        } catch (IOException e) {
            // closed by the test
        }
        ended = true;
    }

    private void dispatch(Map<String, String> fields) {
        String id = fields.get("id");
        if (fields.containsKey("data")) {
            events.add(new Event(
                    fields.getOrDefault("event", "message"),
                    id == null ? "" : id,
                    JsonMapper.shared().readTree(fields.get("data"))));
        }
        if (id != null) {
            lastEventId = id;
        }
    }
}
