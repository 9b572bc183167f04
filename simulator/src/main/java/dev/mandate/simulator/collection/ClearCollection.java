package dev.mandate.simulator.collection;

import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import tools.jackson.databind.node.ObjectNode;

/** Removes everything that the corresponding list would show. */
final class ClearCollection implements Behaviour {

    private final Context context;
    private final Selection selection;
    private final String idMember;

    ClearCollection(Context context, Place place) {
        this.context = context;
        this.selection = new Selection(context, place);
        this.idMember = context.layout().idOf(place.collectionTemplate());
    }

    @Override
    public Response perform(Call call) throws ApiError {
        Documents documents = selection.source(call);
        for (ObjectNode document : selection.of(call)) {
            String id = document.path(idMember).asString();
            documents.remove(id);
            context.tenant().settle(selection.path(call), id);
        }
        return Response.empty(call.success());
    }
}
