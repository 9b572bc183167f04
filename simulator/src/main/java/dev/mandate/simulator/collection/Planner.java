package dev.mandate.simulator.collection;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.answers.Answers;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads off an operation what it does. */
public final class Planner {

    private final Context context;
    private final Layout layout;
    private final Exceptions exceptions;

    /** A planner for one tenant. */
    public Planner(Catalogue catalogue, Answers answers, Tenant tenant, Ids ids, Clock clock) {
        this.exceptions = Exceptions.bundled();
        this.layout = new Layout(catalogue, answers, exceptions);
        this.context = new Context(tenant, ids, clock, layout);
    }

    /** What an operation does. */
    public Behaviour plan(Action action) {
        String path = layout.path(action);
        Kind kind = exceptions.operation(action.name()).kind().orElseGet(() -> kind(action, path));
        return switch (kind) {
            case LIST -> {
                Place place = place(path, false);
                yield new ListDocuments(context, action, place, new Selection(context, place)::of);
            }
            case CREATE -> {
                boolean atPath = !layout.isCollection(Templates.anonymous(path));
                yield new CreateDocument(context, action, place(path, atPath), atPath);
            }
            case GET -> get(action, path);
            case UPDATE -> new ChangeDocument(context, action, place(path, true), false, isAlways(path));
            case REPLACE -> {
                boolean makes = isAlways(path) || !layout.answers().declares(action.name(), 404);
                yield new ChangeDocument(context, action, place(path, true), true, makes);
            }
            case DELETE -> new DeleteDocument(context, action, place(path, true));
            case CLEAR -> new ClearCollection(context, place(path, false));
            case REPLACE_ALL -> new ReplaceCollection(context, action, place(path, false), false);
            case SWITCH_ALL -> new ReplaceCollection(context, action, place(path, false), true);
            case ENTRIES -> new ChangeEntries(place(path, true));
            case ACT -> act(action, path);
            case RELATE -> new Relate(context, action, place(path, false));
        };
    }

    private Kind kind(Action action, String path) {
        String template = Templates.anonymous(path);
        if (exceptions.relations().containsKey(template)) {
            return Kind.RELATE;
        }
        boolean collection = layout.isCollection(template) && !isDocument(template);
        boolean document = Templates.endsInParameter(path) || isDocument(template);
        boolean written = document || !Templates.endsInParameter(Templates.above(path));
        return switch (action.method()) {
            case "GET" -> collection && !document ? Kind.LIST : Kind.GET;
            case "POST" -> collection || document ? Kind.CREATE : Kind.ACT;
            case "PATCH" -> collection && !document ? Kind.REPLACE_ALL : written ? Kind.UPDATE : Kind.ACT;
            case "PUT" -> collection && !document ? Kind.REPLACE_ALL : written ? Kind.REPLACE : Kind.ACT;
            case "DELETE" -> collection && !document ? Kind.CLEAR : Kind.DELETE;
            default -> throw new IllegalStateException("Nothing is known of the method " + action.method());
        };
    }

    /** Whether a path without a parameter at its end is one document, such as settings are. */
    private boolean isDocument(String template) {
        return !Templates.endsInParameter(template) && layout.isRead(template) && !layout.isListed(template);
    }

    private Behaviour get(Action action, String path) {
        String template = Templates.anonymous(path);
        Exceptions.View lookup =
                exceptions.lookups().get(Templates.endsInParameter(template) ? Templates.above(template) : template);
        if (lookup != null) {
            Place place = place(lookup.of(), false);
            return new GetDocument(
                    context, action, place, false, Optional.of(lookup.where().orElse("")));
        }
        return new GetDocument(context, action, place(path, true), isAlways(path), Optional.empty());
    }

    private Behaviour act(Action action, String path) {
        Optional<Place> into = exceptions.operation(action.name()).into().map(store -> place(store, false));
        return new Act(context, action, place(path, false), target(path), into);
    }

    /** The innermost document in a path that somebody can read. */
    private Optional<Place> target(String path) {
        List<String> segments = Templates.segments(path);
        for (int depth = segments.size(); depth > 0; depth--) {
            if (Templates.isParameter(segments.get(depth - 1))) {
                String document = "/" + String.join("/", segments.subList(0, depth));
                String collection = Templates.anonymous(Templates.above(document));
                return layout.isKept(collection) && !layout.isEnumerated(collection)
                        ? Optional.of(place(document, true))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Settings exist always, unless they are made by a POST or are known to be absent at first. */
    private boolean isAlways(String path) {
        String template = Templates.anonymous(path);
        if (exceptions.collection(template).absent()) {
            return false;
        }
        return Templates.endsInParameter(path)
                ? layout.isEnumerated(Templates.above(template))
                : !layout.isCreated(template);
    }

    private Place place(String path, boolean document) {
        return new Place(context.tenant(), layout, path, document);
    }
}
