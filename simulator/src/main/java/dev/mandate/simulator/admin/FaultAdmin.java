package dev.mandate.simulator.admin;

import dev.mandate.simulator.admin.AdminApi.Call;
import dev.mandate.simulator.admin.AdminApi.Entry;
import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Fault;
import dev.mandate.simulator.faults.Faults;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.management.Bucket;
import dev.mandate.simulator.management.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults and the rate limit. */
final class FaultAdmin {

    private final Faults faults;
    private final Bucket bucket;

    FaultAdmin(Faults faults, Bucket bucket) {
        this.faults = faults;
        this.bucket = bucket;
    }

    List<Entry> entries() {
        return List.of(
                Entry.of("GET", "/faults", this::list),
                Entry.of("POST", "/faults", this::inject),
                Entry.of("DELETE", "/faults", this::clear),
                Entry.of("DELETE", "/faults/{number}", this::remove),
                Entry.of("PUT", "/rate-limit", this::limit));
    }

    private Response list(Call call) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        faults.inForce().forEach((number, fault) -> {
            ObjectNode entry = Json.object().put("number", number);
            entry.put("effect", fault.effect().getClass().getSimpleName());
            fault.method().ifPresent(method -> entry.put("method", method));
            fault.path().ifPresent(path -> entry.put("path", path));
            fault.correlationId().ifPresent(id -> entry.put("correlation_id", id));
            list.add(entry.put("times", fault.times()));
        });
        return Response.json(200, list);
    }

    private Response inject(Call call) throws Json.MalformedJson {
        ObjectNode body = Json.objectFrom(call.request().body());
        Fault fault = new Fault(
                text(body, "method"),
                text(body, "path"),
                text(body, "correlation_id"),
                body.path("times").asInt(1),
                effect(body));
        return Response.json(201, Json.object().put("number", faults.inject(fault)));
    }

    private static Effect effect(JsonNode body) {
        return switch (body.path("effect").asString("")) {
            case "delay" ->
                new Effect.Delay(Duration.ofMillis(body.path("millis").asLong(0)));
            case "hold" -> new Effect.Hold();
            case "too_many_requests" ->
                new Effect.TooManyRequests(Optional.of(body.path("retry_after_seconds"))
                        .filter(JsonNode::isNumber)
                        .map(seconds -> Duration.ofSeconds(seconds.asLong())));
            case "server_error" -> new Effect.ServerError(body.path("status").asInt(500));
            case "cut_before" -> new Effect.CutBefore();
            case "cut_meanwhile" ->
                new Effect.CutMeanwhile(Duration.ofMillis(body.path("millis").asLong(0)));
            case "lost_answer" -> new Effect.LostAnswer();
            default ->
                throw new IllegalArgumentException(
                        "effect is one of delay, hold, too_many_requests, server_error, cut_before, cut_meanwhile,"
                                + " lost_answer");
        };
    }

    private Response clear(Call call) {
        faults.clear();
        return Response.empty(204);
    }

    private Response remove(Call call) {
        if (!faults.remove(Integer.parseInt(call.path("number")))) {
            throw new IllegalArgumentException("There is no such fault");
        }
        return Response.empty(204);
    }

    private Response limit(Call call) throws Json.MalformedJson {
        ObjectNode body = Json.objectFrom(call.request().body());
        bucket.limit(new RateLimit(
                body.path("burst").asInt(0), body.path("per_second").asDouble(0)));
        return Response.empty(204);
    }

    private static Optional<String> text(JsonNode body, String name) {
        return Optional.of(body.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
