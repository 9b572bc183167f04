package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One operation of Auth0's Management API, as data.
 *
 * <p>Its arguments are one JSON object: the path parameters by name, and beside them {@code query} and {@code body}.
 *
 * @param name as Auth0's SDKs name it: {@code users.roles.assign}
 * @param method the HTTP method
 * @param path the path template below {@code /api/v2}: {@code /users/{id}/roles}
 * @param pathParameters the parameters of the template
 * @param queryParameters the parameters of the query
 * @param body the schema of the JSON body, if it takes one
 * @param bodyRequired whether it can't do without
 * @param scopes the least Management API scopes that do the job
 * @param success the HTTP statuses that mean that it was done
 * @param async whether 202 means that Auth0 will do it later
 * @param repeat what a second try does
 * @param target where to find the target that gives the record key
 * @param affects where to find every subject that it affects
 * @param marks what needs a permission of its own
 * @param ownForbidden JSON pointers to what nobody may do to themselves; the empty pointer stands for the whole action
 * @param secretArguments JSON pointers to arguments that are sealed to the worker
 * @param destructive whether something is lost for good
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record Action(
        @JsonProperty(value = "action", required = true) String name,
        @JsonProperty(value = "method", required = true) String method,
        @JsonProperty(value = "path", required = true) String path,

        @JsonProperty(value = "pathParameters", required = true)
        List<Parameter> pathParameters,

        @JsonProperty(value = "queryParameters", required = true)
        List<Parameter> queryParameters,

        @JsonProperty("body") Optional<JsonNode> body,

        @JsonProperty(value = "bodyRequired", required = true)
        boolean bodyRequired,

        @JsonProperty(value = "scopes", required = true) List<String> scopes,
        @JsonProperty(value = "success", required = true) List<Integer> success,
        @JsonProperty(value = "async", required = true) boolean async,
        @JsonProperty(value = "repeat", required = true) Repeat repeat,
        @JsonProperty(value = "target", required = true) TargetRule target,
        @JsonProperty(value = "affects", required = true) List<TargetRule> affects,
        @JsonProperty(value = "marks", required = true) List<ActionMark> marks,

        @JsonProperty(value = "ownForbidden", required = true)
        List<JsonPointer> ownForbidden,

        @JsonProperty(value = "secretArguments", required = true)
        List<JsonPointer> secretArguments,

        @JsonProperty(value = "destructive", required = true)
        boolean destructive) {

    /** The member of the arguments that holds the query. */
    public static final String QUERY = "query";
    /** The member of the arguments that holds the body. */
    public static final String BODY = "body";

    /** Copies the lists; a body that is null in the table is none. */
    public Action {
        body = body.filter(schema -> !schema.isNull());
        pathParameters = List.copyOf(pathParameters);
        queryParameters = List.copyOf(queryParameters);
        scopes = List.copyOf(scopes);
        success = List.copyOf(success);
        affects = List.copyOf(affects);
        marks = List.copyOf(marks);
        ownForbidden = List.copyOf(ownForbidden);
        secretArguments = List.copyOf(secretArguments);
    }

    /** The target that gives the record key. The arguments must be valid. */
    public Target target(ObjectNode arguments) {
        return target.single(arguments);
    }

    /** Every subject that the action affects, each once, in the order of the table. The arguments must be valid. */
    public List<Target> targets(ObjectNode arguments) {
        return affects.stream().flatMap(rule -> rule.all(arguments)).distinct().toList();
    }

    /** The marks that apply to these arguments: those on the action and those on arguments that are present. */
    public Stream<ActionMark> marks(ObjectNode arguments) {
        return marks.stream().filter(mark -> isPresent(arguments, mark.at()));
    }

    /** Whether these arguments do something that nobody may do to themselves. */
    public boolean forbiddenToOneself(ObjectNode arguments) {
        return ownForbidden.stream().anyMatch(pointer -> isPresent(arguments, pointer));
    }

    /** Where these arguments hold secrets: values that are present and not null. */
    public Set<JsonPointer> secretsIn(ObjectNode arguments) {
        return secretArguments.stream()
                .filter(pointer ->
                        isPresent(arguments, pointer) && !arguments.at(pointer).isNull())
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /** Whether it only reads. */
    public boolean reads() {
        return repeat == Repeat.SAFE;
    }

    private static boolean isPresent(ObjectNode arguments, JsonPointer pointer) {
        return pointer.matches() || !arguments.at(pointer).isMissingNode();
    }
}
