package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import dev.mandate.simulator.tenant.Grants;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who holds what, from either side: {@code POST} adds, {@code DELETE} with a body removes, {@code GET} lists. */
final class Relate implements Behaviour {

    private final Context context;
    private final Place place;
    private final Exceptions.Relation facts;
    private final Behaviour list;

    Relate(Context context, Action action, Place place) {
        this.context = context;
        this.place = place;
        Map<String, Exceptions.Relation> relations =
                context.layout().exceptions().relations();
        this.facts = java.util.Objects.requireNonNull(relations.get(place.template()));
        this.list = new ListDocuments(context, action, place, this::related);
    }

    @Override
    public Response perform(Call call) throws ApiError {
        place.collection(call);
        if (call.action().method().equals("GET")) {
            return list.perform(call);
        }
        boolean gives = call.action().method().equals("POST");
        List<String> named = call.body()
                .path(facts.body())
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        if (gives && !named.stream().allMatch(documents()::has)) {
            String what = Templates.singular(facts.body());
            throw ApiError.badRequest(
                    "One or more of the specified " + facts.body() + " do not exist.", "inexistent_" + what);
        }
        Grants<String> grants = context.tenant().relation(facts.name());
        for (String holder : facts.holders() ? named : List.of(own(call))) {
            Collection<String> things = facts.holders() ? List.of(own(call)) : named;
            if (gives) {
                grants.give(holder, things);
            } else {
                grants.take(holder, things);
            }
        }
        return Response.empty(call.success());
    }

    private List<ObjectNode> related(Call call) {
        Grants<String> grants = context.tenant().relation(facts.name());
        Collection<String> ids = facts.holders() ? grants.holders(own(call)) : grants.of(own(call));
        return ids.stream().flatMap(id -> documents().find(id).stream()).toList();
    }

    private Documents documents() {
        return context.tenant().collections().at(facts.of());
    }

    /** The side that the path names; neither id can hold a line break, so a pair is unambiguous. */
    private static String own(Call call) {
        return String.join("\n", call.path().values());
    }
}
