package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deploys, tests, rotates, revokes: it answers with what is known of the document that it acts on and of the request.
 * {@code exceptions.json} says what else comes of it.
 */
final class Act implements Behaviour {

    private final Context context;
    private final Optional<Place> target;
    private final Place place;
    private final Reply reply;
    private final Exceptions.Operation facts;
    private final Optional<Place> into;

    Act(Context context, Action action, Place place, Optional<Place> target, Optional<Place> into) {
        this.context = context;
        this.place = place;
        this.target = target;
        this.into = into;
        this.facts = context.layout().exceptions().operation(action.name());
        this.reply = new Reply(context.layout(), action, into.orElse(target.orElse(place)));
    }

    @Override
    public Response perform(Call call) throws ApiError {
        place.collection(call);
        ObjectNode document = target.isPresent() ? actedOn(call, target.get()) : Json.object();
        if (!facts.apply() || into.isPresent()) {
            Changes.merge(document, call.body());
        }
        Changes.merge(document, facts.with());
        if (into.isPresent()) {
            store(call, into.get(), document);
        }
        return reply.of(call, document);
    }

    private ObjectNode actedOn(Call call, Place at) throws ApiError {
        Documents documents = at.collection(call);
        String id = at.id(call);
        ObjectNode document = documents.find(id).orElseThrow(at::missing);
        for (Map.Entry<String, String> end : facts.ends().entrySet()) {
            end(end.getKey(), end.getValue(), id);
        }
        if (into.isPresent() || !facts.apply() && facts.fresh().isEmpty()) {
            return document;
        }
        ObjectNode changed = documents
                .update(id, each -> {
                    if (facts.apply()) {
                        Changes.merge(each, call.body());
                        Changes.merge(each, facts.with());
                    }
                    facts.fresh()
                            .forEach(member -> each.put(member, context.ids().prefixed("", 32)));
                })
                .orElseThrow();
        context.tenant().settle(at.collectionPath(call), id);
        return changed;
    }

    private void store(Call call, Place store, ObjectNode document) throws ApiError {
        String idMember = context.layout().idOf(store.collectionTemplate());
        String id = context.newId(store.collectionTemplate());
        document.put(idMember, id);
        document.put("created_at", context.now()).put("updated_at", context.now());
        facts.fresh().forEach(member -> document.put(member, context.ids().prefixed("", 32)));
        store.collection(call).add(id, document);
    }

    private void end(String collection, String member, String id) {
        context.tenant()
                .collections()
                .at(collection)
                .removeIf(each -> each.path(member).asString("").equals(id));
    }
}
