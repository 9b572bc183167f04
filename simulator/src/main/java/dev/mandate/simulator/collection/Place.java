package dev.mandate.simulator.collection;

import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Documents;
import dev.mandate.simulator.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;

/** Where an operation works: a collection, or one document in it, with the parents that must exist. */
final class Place {

    private record Parent(int depth, String collection) {}

    private final Tenant tenant;
    private final String template;
    private final List<String> segments;
    private final boolean document;
    private final List<Parent> parents = new ArrayList<>();

    /**
     * A place.
     *
     * @param path the template, parameters' names included
     * @param document whether its last segment names a document of the collection above
     */
    Place(Tenant tenant, Layout layout, String path, boolean document) {
        this.tenant = tenant;
        this.template = Templates.anonymous(path);
        this.segments = Templates.segments(path);
        this.document = document;
        for (int depth = 0; depth < segments.size() - (document ? 1 : 0); depth++) {
            if (Templates.isParameter(segments.get(depth))) {
                String collection = Templates.anonymous("/" + String.join("/", segments.subList(0, depth)));
                if (layout.isKept(collection) && !layout.isEnumerated(collection)) {
                    parents.add(new Parent(depth, collection));
                }
            }
        }
    }

    /** The template of the collection. */
    String collectionTemplate() {
        return document ? Templates.above(template) : template;
    }

    String template() {
        return template;
    }

    /** The collection, once every parent is known to exist. */
    Documents collection(Call call) throws ApiError {
        for (Parent parent : parents) {
            String id = value(call, parent.depth());
            if (!tenant.has(path(call, parent.depth()), id)) {
                throw missing(parent.collection());
            }
        }
        return tenant.collections().at(path(call, segments.size() - (document ? 1 : 0)));
    }

    /** The document's id. */
    String id(Call call) {
        return value(call, segments.size() - 1);
    }

    /** The concrete path of all of it. */
    String path(Call call) {
        return path(call, segments.size());
    }

    /** The concrete path of the collection. */
    String collectionPath(Call call) {
        return path(call, segments.size() - (document ? 1 : 0));
    }

    ApiError missing() {
        return missing(collectionTemplate());
    }

    private static ApiError missing(String collection) {
        String what = Templates.singular(Templates.last(collection));
        return ApiError.notFound("The " + what.replace('_', ' ') + " does not exist.", "inexistent_" + what);
    }

    private String path(Call call, int depth) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            path.append('/').append(value(call, i));
        }
        return path.toString();
    }

    private String value(Call call, int depth) {
        String segment = segments.get(depth);
        return Templates.isParameter(segment) ? call.path(Templates.name(segment)) : segment;
    }
}
