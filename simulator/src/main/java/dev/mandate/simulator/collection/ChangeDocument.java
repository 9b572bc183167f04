package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code PATCH} merges a body into a document, {@code PUT} puts it in the document's place. */
final class ChangeDocument implements Behaviour {

    private final Context context;
    private final Place place;
    private final Reply reply;
    private final Uniqueness uniqueness;
    private final boolean replaces;
    private final boolean always;
    private final List<String> kept;
    private final Map<String, String> renames;

    /**
     * A writer.
     *
     * @param replaces whether members that the body lacks are lost
     * @param always whether the document exists, or comes to exist, without having been made
     */
    ChangeDocument(Context context, Action action, Place place, boolean replaces, boolean always) {
        this.context = context;
        this.place = place;
        this.replaces = replaces;
        this.always = always;
        this.reply = new Reply(context.layout(), action, place);
        this.uniqueness = new Uniqueness(context.layout(), action.name(), place.collectionTemplate());
        this.renames = context.layout().exceptions().operation(action.name()).renames();
        this.kept = List.of(context.layout().idOf(place.collectionTemplate()), "created_at");
    }

    @Override
    public Response perform(Call call) throws ApiError {
        Documents documents = place.collection(call);
        String id = place.id(call);
        boolean known = documents.has(id);
        if (!known && !always) {
            throw place.missing();
        }
        uniqueness.check(documents, call.body(), id);
        if (!known) {
            documents.add(id, fresh(id));
        }
        ObjectNode changed =
                documents.update(id, document -> change(document, call.body())).orElseThrow();
        context.tenant().settle(place.collectionPath(call), id);
        return reply.of(call, known ? call.action().success().getLast() : call.success(), changed);
    }

    private ObjectNode fresh(String id) {
        ObjectNode document = Json.object();
        return Templates.endsInParameter(place.template()) ? document.put(kept.getFirst(), id) : document;
    }

    private static void rename(ObjectNode document, String from, String to) {
        JsonNode value = document.remove(from);
        if (value != null) {
            document.set(to, value);
        }
    }

    private void change(ObjectNode document, ObjectNode body) {
        if (replaces) {
            document.retain(kept);
        }
        Changes.merge(document, body);
        renames.forEach((from, to) -> rename(document, from, to));
        document.put("updated_at", context.now());
    }
}
