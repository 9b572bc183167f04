package dev.mandate.simulator.collection;

import dev.mandate.simulator.http.Parameters;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents that a list shows: a collection, or a view of another one, and of these what the query asks for. */
final class Selection {

    private static final Set<String> STEERING =
            Set.of("page", "per_page", "include_totals", "from", "take", "fields", "include_fields", "sort", "q");

    private final Context context;
    private final Place place;
    private final Optional<Exceptions.View> view;

    Selection(Context context, Place place) {
        this.context = context;
        this.place = place;
        this.view = Optional.ofNullable(context.layout().exceptions().views().get(place.collectionTemplate()));
    }

    /** The collection that it is a selection of; parents must exist. */
    Documents source(Call call) throws ApiError {
        Documents own = place.collection(call);
        return view.isPresent() ? context.tenant().collections().at(view.get().of()) : own;
    }

    String path(Call call) {
        return view.map(Exceptions.View::of).orElseGet(() -> place.collectionPath(call));
    }

    List<ObjectNode> of(Call call) throws ApiError {
        Predicate<ObjectNode> shown = filter(call);
        return source(call).all().stream().filter(shown).toList();
    }

    private Predicate<ObjectNode> filter(Call call) {
        Predicate<ObjectNode> filter = document -> true;
        Parameters query = call.query();
        for (String name : query.names()) {
            if (!STEERING.contains(name)) {
                List<String> wanted = query.all(name);
                filter = filter.and(document -> !document.has(name) || holds(document.path(name), wanted));
            }
        }
        Optional<String> where = view.flatMap(Exceptions.View::where);
        if (where.isPresent()) {
            List<String> parent = List.of(call.path().values().iterator().next());
            filter = filter.and(document -> holds(document.path(where.get()), parent));
        }
        return filter;
    }

    /** Of several values any one will do; one that is an object is known by any of its members, its id say. */
    private static boolean holds(JsonNode value, List<String> wanted) {
        return value.isContainer()
                ? value.valueStream().anyMatch(each -> holds(each, wanted))
                : wanted.contains(value.asString());
    }
}
