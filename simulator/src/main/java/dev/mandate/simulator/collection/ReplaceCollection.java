package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a list of documents: in the place of a whole collection, or document by document, where {@code status: false}
 * removes one.
 */
final class ReplaceCollection implements Behaviour {

    private final Context context;
    private final Place place;
    private final boolean switches;
    private final String idMember;
    private final Behaviour list;

    ReplaceCollection(Context context, Action action, Place place, boolean switches) {
        this.context = context;
        this.place = place;
        this.switches = switches;
        this.idMember = context.layout().idOf(place.collectionTemplate());
        this.list = action.success().getFirst() == 204
                ? call -> Response.empty(204)
                : new ListDocuments(
                        context, action, place, call -> place.collection(call).all());
    }

    @Override
    public Response perform(Call call) throws ApiError {
        Documents documents = place.collection(call);
        if (!switches) {
            documents.clear();
        }
        for (JsonNode each : given(call)) {
            ObjectNode document = Json.object();
            Changes.merge(document, each);
            String id = document.path(idMember).asString(context.newId(place.collectionTemplate()));
            document.put(idMember, id);
            documents.remove(id);
            if (!document.path("status").isBoolean() || document.path("status").asBoolean()) {
                documents.add(id, document);
            }
        }
        return list.perform(call);
    }

    /** The body itself, or the only list in it. */
    private static List<JsonNode> given(Call call) {
        List<JsonNode> given = new ArrayList<>();
        JsonNode content = call.content();
        (content.isArray() ? content.valueStream() : content.valueStream().flatMap(JsonNode::valueStream))
                .forEach(given::add);
        return given;
    }
}
