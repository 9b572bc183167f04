package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * How to read a target out of an action's arguments.
 *
 * <p>Types are singular for one resource ({@code user}), plural for a collection ({@code users}). An operation on one
 * resource has it as its target, wherever its id stands, so that all commands on one user, say, share a record key: in
 * the path, in a body ({@code tickets.changePassword}) or in a query ({@code userGrants.deleteByUserId}). An operation
 * on a part of a resource, such as a session of a user or a credential of a client, has the whole as its target. Of two
 * things, the target is the one that is changed: the user who gets roles, be it in an organization or not; the
 * organization whose members are several. An operation on a collection, or on a setting that there is once, has the id
 * {@code *}; creations share it, unless their arguments name what is to be unique (a user's address). Where the id is
 * optional and absent, the id is {@code *} too.
 *
 * @param type the target's type
 * @param ids where its id is, in order of preference. None: the whole collection
 * @param provider where the first half of a user's id stands, if the id at its place may lack it: Auth0 names the
 *     account to be linked by {@code provider} and the rest, which may be a number
 */
public record TargetRule(
        @JsonProperty(value = "type", required = true) String type,
        @JsonProperty(value = "ids", required = true) List<PointerPattern> ids,
        @JsonProperty("provider") Optional<JsonPointer> provider) {

    private static final String COLLECTION = "*";
    private static final String API = "resource_server";
    private static final String HALVES = "|";

    /** Copies the list. */
    public TargetRule {
        ids = List.copyOf(ids);
    }

    /** A rule from JSON pointers, as the table has them. */
    public static TargetRule of(String type, String... ids) {
        return new TargetRule(type, Stream.of(ids).map(PointerPattern::of).toList(), Optional.empty());
    }

    /** The one target that gives the record key: the first id that is present, else the whole collection. */
    Target single(JsonNode arguments) {
        return found(arguments)
                .findFirst()
                .map(id -> new Target(type, id))
                .orElseGet(() -> new Target(type, COLLECTION));
    }

    /** Every target that this rule finds; none if the ids that it looks for are absent. */
    Stream<Target> all(JsonNode arguments) {
        return ids.isEmpty()
                ? Stream.of(new Target(type, COLLECTION))
                : found(arguments).map(id -> new Target(type, id));
    }

    /** Where these arguments hold ids that are not safe. */
    Stream<JsonPointer> unsafe(JsonNode arguments) {
        return places(arguments).filter(place -> {
            JsonNode id = arguments.at(place);
            if (id.isString()) {
                return !(type.equals(API) ? SafeId.ofApi(id.stringValue()) : SafeId.of(id.stringValue()));
            }
            // What is found as no id here, and is one to whoever reads it (7.0), would hide somebody.
            return id.isNumber() && !(provider.isPresent() && id.isIntegralNumber());
        });
    }

    private Stream<String> found(JsonNode arguments) {
        return places(arguments)
                .map(arguments::at)
                .filter(id -> id.isString() || (provider.isPresent() && id.isIntegralNumber()))
                .map(JsonNode::asString)
                .filter(id -> !id.isEmpty())
                .flatMap(id -> whole(id, first(arguments)));
    }

    /**
     * An id with a bar that does not begin with the provider may be whole, or only the second half with a connection's
     * name before it; so it stands for both.
     */
    private static Stream<String> whole(String id, String first) {
        if (id.startsWith(first)) {
            return Stream.of(id);
        }
        return id.contains(HALVES) ? Stream.of(id, first + id) : Stream.of(first + id);
    }

    private String first(JsonNode arguments) {
        return provider.map(arguments::at)
                .filter(JsonNode::isString)
                .map(name -> name.stringValue() + HALVES)
                .orElse("");
    }

    private Stream<JsonPointer> places(JsonNode arguments) {
        return ids.stream().flatMap(pattern -> pattern.in(arguments));
    }
}
