package dev.mandate.simulator.admin;

import dev.mandate.simulator.admin.AdminApi.Call;
import dev.mandate.simulator.admin.AdminApi.Entry;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.journal.SeenRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The journal and the tenant's log, to read; keys to rotate; and the way back to the seed. */
final class TraceAdmin {

    private final AdminControls controls;

    TraceAdmin(AdminControls controls) {
        this.controls = controls;
    }

    List<Entry> entries() {
        return List.of(
                Entry.of("GET", "/journal", this::journal),
                Entry.of("DELETE", "/journal", _ -> done(controls.journal()::clear)),
                Entry.of("GET", "/log", this::log),
                Entry.of("POST", "/keys/rotation", _ -> done(controls.keys()::rotate)),
                Entry.of("DELETE", "/keys/previous", _ -> done(controls.keys()::revokePrevious)),
                Entry.of("POST", "/reset", _ -> done(controls.reset())));
    }

    private Response journal(Call call) {
        long after =
                call.request().parameters().find("after").map(Long::parseLong).orElse(0L);
        ArrayNode list = Json.MAPPER.createArrayNode();
        controls.journal().after(after).forEach(seen -> list.add(describe(seen)));
        return Response.json(200, list);
    }

    /** Bodies hold secrets; their hash is enough to compare them. */
    private static ObjectNode describe(SeenRequest seen) {
        ObjectNode entry = Json.object()
                .put("number", seen.number())
                .put("at", seen.at().toString())
                .put("method", seen.method())
                .put("path", seen.path())
                .put("query", seen.query())
                .put("body_bytes", seen.body().length)
                .put("body_sha256", sha256(seen.body()));
        seen.correlationId().ifPresent(id -> entry.put("correlation_id", id));
        seen.client().ifPresent(client -> entry.put("client", client));
        seen.status().ifPresent(status -> entry.put("status", status));
        entry.set("scopes", Json.MAPPER.valueToTree(seen.scopes()));
        entry.set("faults", Json.MAPPER.valueToTree(seen.faults()));
        return entry;
    }

    private Response log(Call call) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        controls.log().entries().forEach(entry -> list.add(entry.document()));
        return Response.json(200, list);
    }

    private static Response done(Runnable what) {
        what.run();
        return Response.empty(204);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
