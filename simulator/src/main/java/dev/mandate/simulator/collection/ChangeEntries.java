package dev.mandate.simulator.collection;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A document that is a map of secrets: entries are added, changed and removed by name, and never shown. */
final class ChangeEntries implements Behaviour {

    private static final String MASK = "_VALUE_NOT_SHOWN_";

    private final Place place;

    ChangeEntries(Place place) {
        this.place = place;
    }

    @Override
    public Response perform(Call call) throws ApiError {
        Documents documents = place.collection(call);
        String id = place.id(call);
        documents.add(id, Json.object());
        ObjectNode entries = documents.find(id).orElseGet(Json::object);
        switch (call.action().method()) {
            case "POST" -> add(call, documents, id, entries);
            case "PATCH" -> documents.update(id, map -> map.setAll(call.body().deepCopy()));
            case "DELETE" -> documents.update(id, map -> map.remove(names(call)));
            default -> {
                ObjectNode masked = Json.object();
                entries.propertyNames().forEach(name -> masked.put(name, MASK));
                return Response.json(200, masked);
            }
        }
        return Response.empty(call.success());
    }

    private void add(Call call, Documents documents, String id, ObjectNode entries) throws ApiError {
        if (call.body().propertyNames().stream().anyMatch(entries::has)) {
            throw ApiError.conflict("A secret of this name already exists.", "secret_conflict");
        }
        documents.update(id, map -> map.setAll(call.body().deepCopy()));
    }

    private static List<String> names(Call call) {
        return call.content().valueStream().map(JsonNode::asString).toList();
    }
}
