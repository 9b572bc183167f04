package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;

/** Removes a document and all that is below it. What is not there is a 404 only where Auth0 declares one. */
final class DeleteDocument implements Behaviour {

    private final Context context;
    private final Place place;
    private final boolean strict;

    DeleteDocument(Context context, Action action, Place place) {
        this.context = context;
        this.place = place;
        this.strict = context.layout().answers().declares(action.name(), 404);
    }

    @Override
    public Response perform(Call call) throws ApiError {
        boolean removed = place.collection(call).remove(place.id(call));
        if (!removed && strict) {
            throw place.missing();
        }
        context.tenant().collections().forget(place.path(call));
        context.tenant().settle(place.collectionPath(call), place.id(call));
        return Response.empty(call.action().success().getLast());
    }
}
