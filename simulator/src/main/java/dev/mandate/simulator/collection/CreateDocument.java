package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Adds a document: with a new id, with the one that the body brings, or with the one that stands in the path. */
final class CreateDocument implements Behaviour {

    private final Context context;
    private final Place place;
    private final boolean atPath;
    private final Reply reply;
    private final Uniqueness uniqueness;
    private final Exceptions.Collection facts;
    private final Exceptions.Operation operation;
    private final String idMember;
    private final Set<String> members;

    CreateDocument(Context context, Action action, Place place, boolean atPath) {
        this.context = context;
        this.place = place;
        this.atPath = atPath;
        Layout layout = context.layout();
        String collection = place.collectionTemplate();
        this.reply = new Reply(layout, action, place);
        this.uniqueness = new Uniqueness(layout, action.name(), collection);
        this.facts = layout.exceptions().collection(collection);
        this.operation = layout.exceptions().operation(action.name());
        this.idMember = layout.idOf(collection);
        this.members = layout.document(atPath ? place.template() : collection + "/{}")
                .map(Layout::members)
                .orElse(Set.of());
    }

    @Override
    public Response perform(Call call) throws ApiError {
        Documents documents = place.collection(call);
        ObjectNode document = original(call);
        Changes.merge(document, call.body());
        Changes.merge(document, operation.with());
        String id = atPath ? place.id(call) : id(call, document);
        uniqueness.check(documents, document, id);
        if (!atPath || members.contains(idMember)) {
            document.put(idMember, id);
        }
        for (String stamp : new String[] {"created_at", "updated_at"}) {
            if (members.isEmpty() || members.contains(stamp)) {
                document.put(stamp, context.now());
            }
        }
        operation.fresh().forEach(member -> document.put(member, context.ids().prefixed("", 32)));
        if (!documents.add(id, document)) {
            if (uniqueness.isDeclared()) {
                throw uniqueness.conflict();
            }
            documents.update(id, existing -> existing.setAll(document));
        }
        context.tenant().settle(place.collectionPath(call), id);
        return reply.of(call, document);
    }

    /** What the document begins as: nothing, or a copy of the one that it refers to. */
    private ObjectNode original(Call call) throws ApiError {
        if (facts.of().isEmpty()) {
            return Json.object();
        }
        String collection = facts.of().get();
        String member = Templates.singular(Templates.last(collection)) + "_id";
        String id =
                call.body().path(member).asString(call.body().path("grant_id").asString(""));
        Optional<ObjectNode> original =
                context.tenant().collections().at(collection).find(id);
        if (original.isEmpty()) {
            throw ApiError.badRequest("The " + member + " does not exist.", "inexistent_" + member);
        }
        return original.get();
    }

    private String id(Call call, ObjectNode document) {
        boolean brought = document.path(idMember).isString()
                && (facts.of().isPresent() || call.body().has(idMember));
        return brought ? document.path(idMember).asString() : context.newId(place.collectionTemplate());
    }
}
