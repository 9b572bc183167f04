package dev.mandate.api.stream;

import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.Wire;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepStarted;
import dev.mandate.contracts.resolution.ReceivedResolution;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/** Events as the text of an event stream (HTML Living Standard §9.2). Answers of Auth0 never stand in them. */
final class Frames {

    /** How long a client should wait before it resumes. */
    static final String RETRY = "retry: 2000\n\n";

    private final JsonMapper json;

    Frames(JsonMapper json) {
        this.json = json;
    }

    /**
     * What happened to a command.
     *
     * @param step the operation of a macro that was begun
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Happening(
            String command,
            Instant at,
            Optional<String> tenant,
            Optional<String> action,
            Optional<String> step,
            Optional<Integer> attempt,
            Optional<String> outcome,
            Optional<Failure> error,
            Optional<String> repeat,
            Optional<String> resolution) {}

    /** Why it did not succeed. */
    record Failure(String code, String message) {}

    /**
     * Something that happened: {@code accepted}, {@code started}, {@code ended}, {@code repeated}, {@code resolved}.
     */
    String event(LogEvent event, String id) {
        return switch (event) {
            case LogEvent.Commanded(var received) ->
                frame(
                        "accepted",
                        id,
                        new Happening(
                                event.commandId(),
                                received.appendedAt(),
                                Optional.of(received.command().context().tenant()),
                                Optional.of(received.command().context().action()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
            case LogEvent.Resolved(var received) -> frame("resolved", id, resolved(event, received));
            case LogEvent.Journaled(var received) ->
                switch (received.statement().event()) {
                    case Started started ->
                        frame("started", id, begun(event, received.statement().occurredAt(), started));
                    case Outcome outcome ->
                        frame("ended", id, ended(event, received.statement().occurredAt(), outcome));
                    case Repeat repeat ->
                        frame(
                                "repeated",
                                id,
                                repeated(event, received.statement().occurredAt(), repeat));
                };
        };
    }

    /** Moves the client's {@code Last-Event-ID} on without an event; also keeps the connection alive. */
    static String place(String id) {
        return "id: " + id + "\n\n";
    }

    /** The last event. */
    String end(EndReason reason) {
        return "event: end\n" + data(Map.of("reason", reason.code())) + "\n";
    }

    private static Happening begun(LogEvent event, Instant at, Started started) {
        return new Happening(
                event.commandId(),
                at,
                Optional.empty(),
                Optional.empty(),
                started.step().map(StepStarted::action),
                Optional.of(started.attempt()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Happening ended(LogEvent event, Instant at, Outcome outcome) {
        return new Happening(
                event.commandId(),
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(outcome.attempt()),
                Optional.of(Wire.name(outcome.status())),
                outcome.error().map(error -> new Failure(error.code(), error.message())),
                Optional.empty(),
                Optional.empty());
    }

    private static Happening repeated(LogEvent event, Instant at, Repeat repeat) {
        return new Happening(
                event.commandId(),
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Wire.name(repeat.kind())),
                Optional.empty());
    }

    private static Happening resolved(LogEvent event, ReceivedResolution received) {
        return new Happening(
                event.commandId(),
                received.appendedAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Wire.name(received.resolution().verdict())));
    }

    private String frame(String name, String id, Object content) {
        return "event: " + name + "\nid: " + id + "\n" + data(content) + "\n";
    }

    private String data(Object content) {
        var lines = new StringBuilder();
        json.writeValueAsString(content)
                .lines()
                .forEach(line -> lines.append("data: ").append(line).append('\n'));
        return lines.toString();
    }
}
