package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Parameter;
import dev.mandate.simulator.answers.Projection;
import dev.mandate.simulator.answers.Shape;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.operation.Fields;
import dev.mandate.simulator.operation.Page;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists documents in Auth0's three ways: by checkpoint where {@code from} or {@code take} is given, with totals where
 * they are asked for, and else as a bare array, or in the wrapper that the operation always has.
 */
final class ListDocuments implements Behaviour {

    /** Where the documents come from. */
    @FunctionalInterface
    interface Source {
        List<ObjectNode> of(Call call) throws ApiError;
    }

    private final Source source;
    private final Optional<Shape> element;
    private final String items;
    private final boolean bare;
    private final String idMember;
    private final Map<String, String> withheld;

    ListDocuments(Context context, Action action, Place place, Source source) {
        this.source = source;
        Layout layout = context.layout();
        String collection = place.collectionTemplate();
        Optional<Listed> listed = layout.answers().of(action.name()).flatMap(Listed::of);
        this.element = listed.map(Listed::element).or(() -> layout.document(collection + "/{}"));
        this.items = layout.exceptions()
                .collection(collection)
                .items()
                .or(() -> listed.flatMap(Listed::items))
                .orElseGet(() -> Templates.snake(Templates.last(collection)));
        Set<String> query =
                action.queryParameters().stream().map(Parameter::name).collect(Collectors.toSet());
        boolean totals = query.containsAll(List.of("page", "include_totals"));
        this.bare = totals || listed.filter(each -> each.items().isEmpty()).isPresent();
        this.idMember = layout.idOf(collection);
        this.withheld = layout.exceptions().collection(collection).withheld();
    }

    @Override
    public Response perform(Call call) throws ApiError {
        UnaryOperator<ObjectNode> fields = Fields.of(call);
        Map<ObjectNode, String> ids = new IdentityHashMap<>();
        List<ObjectNode> shown = source.of(call).stream()
                .map(document -> {
                    ObjectNode one = fields.apply(shaped(call, document));
                    ids.put(one, document.path(idMember).asString(document.toString()));
                    return one;
                })
                .toList();
        if (items.isEmpty()) {
            return Response.json(call.success(), Json.MAPPER.createArrayNode().addAll(shown));
        }
        return bare
                ? Page.byCheckpoint(call, items, shown, one -> ids.getOrDefault(one, ""))
                : Page.wrapped(call, items, shown, one -> ids.getOrDefault(one, ""));
    }

    private ObjectNode shaped(Call call, ObjectNode document) {
        JsonNode shaped = element.map(shape -> Projection.of(document, shape)).orElse(document);
        ObjectNode object = shaped instanceof ObjectNode one ? one : Json.object();
        withheld.forEach((member, scope) -> {
            if (!call.scopes().contains(scope)) {
                object.remove(member);
            }
        });
        return object;
    }
}
