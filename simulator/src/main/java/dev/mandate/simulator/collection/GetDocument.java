package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.operation.Fields;
import dev.mandate.simulator.tenant.Documents;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads one document: by its id, or by another member. What always exists answers even if nobody ever set it. */
final class GetDocument implements Behaviour {

    private final Place place;
    private final Reply reply;
    private final boolean always;
    private final Optional<String> by;

    /**
     * A reader.
     *
     * @param always whether the document exists without having been made
     * @param by the member that the path's value is looked up in, unless it is the id; empty for the first there is
     */
    GetDocument(Context context, Action action, Place place, boolean always, Optional<String> by) {
        this.place = place;
        this.always = always;
        this.by = by;
        this.reply = new Reply(context.layout(), action, place);
    }

    @Override
    public Response perform(Call call) throws ApiError {
        ObjectNode document = find(call).orElseThrow(place::missing);
        return reply.of(call, Fields.of(call).apply(document));
    }

    private Optional<ObjectNode> find(Call call) throws ApiError {
        Documents documents = place.collection(call);
        if (by.isPresent()) {
            String value = call.path().values().stream()
                    .skip(Math.max(0, call.path().size() - 1))
                    .findFirst()
                    .orElse("");
            return documents.first(each ->
                    by.get().isEmpty() || each.path(by.get()).asString("").equals(value));
        }
        Optional<ObjectNode> found = documents.find(place.id(call));
        return found.isEmpty() && always ? Optional.of(Json.object()) : found;
    }
}
