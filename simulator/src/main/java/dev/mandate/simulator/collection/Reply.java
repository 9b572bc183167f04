package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.simulator.answers.Projection;
import dev.mandate.simulator.answers.Shape;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.Call;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells a document in the shape that an operation answers with, or tells nothing. */
final class Reply {

    private final boolean silent;
    private final Optional<Shape> shape;
    private final Map<String, String> withheld;

    Reply(Layout layout, Action action, Place place) {
        Optional<Shape> answer = layout.answers().of(action.name());
        int status = action.success().getFirst();
        silent = answer.isEmpty() && (layout.answers().knows(action.name()) || status == 204 || status == 202);
        shape = answer.or(() -> layout.document(place.template()));
        withheld = layout.exceptions().collection(place.collectionTemplate()).withheld();
    }

    Response of(Call call, JsonNode document) {
        return of(call, call.success(), document);
    }

    Response of(Call call, int status, JsonNode document) {
        return silent || status == 204 ? Response.empty(status) : Response.json(status, shaped(call, document));
    }

    private JsonNode shaped(Call call, JsonNode document) {
        JsonNode shaped = shape.map(each -> Projection.of(document, each)).orElse(document);
        if (shaped instanceof ObjectNode object && call.action().method().equals("GET")) {
            withhold(call, object);
        }
        return shaped;
    }

    private void withhold(Call call, ObjectNode object) {
        withheld.forEach((member, scope) -> {
            if (!call.scopes().contains(scope)) {
                object.remove(member);
            }
        });
    }
}
