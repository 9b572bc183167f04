package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Target;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One operation of Auth0's Management API, as data; or a macro, which is several of them under one name.
 *
 * <p>Its arguments are one JSON object: the path parameters by name, and beside them {@code query} and {@code body}. A
 * macro has no method and no path of its own (both are empty); {@link Catalogue#operations(Action, ObjectNode)} says
 * what it does.
 *
 * @param name as Auth0's SDKs name it: {@code users.roles.assign}
 * @param method the HTTP method
 * @param path the path template below {@code /api/v2}: {@code /users/{id}/roles}
 * @param pathParameters the parameters of the template
 * @param queryParameters the parameters of the query
 * @param body the schema of the JSON body, if it takes one
 * @param bodyRequired whether it can't do without
 * @param bodyType the media type of the body, if it takes one: {@code application/json}, {@code multipart/form-data}
 * @param scopes the least Management API scopes that do the job, whatever the arguments
 * @param scopeRules how the scopes depend on the arguments
 * @param success the HTTP statuses that mean that it was done
 * @param async whether 202 means that Auth0 will do it later
 * @param repeat what a second try does
 * @param target where to find the target that gives the record key
 * @param affects where to find every subject that it affects
 * @param marks what needs a permission of its own
 * @param ownForbidden JSON pointers to what nobody may do to themselves; the empty pointer stands for the whole action
 * @param secretArguments where arguments are secret, and so sealed to the worker
 * @param secretResults where Auth0's answer holds secrets
 * @param destructive whether something is lost for good
 * @param lifecycle how finished Auth0 calls it, where it says so
 * @param sdk its path in {@code com.auth0:auth0} 3.2.0, where that knows it
 * @param steps the steps of a macro; a plain operation has none
 * @param notice what whoever asked is to be told with the outcome
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

        @JsonProperty("bodyType") Optional<String> bodyType,
        @JsonProperty(value = "scopes", required = true) List<String> scopes,

        @JsonProperty(value = "scopeRules", required = true) List<ScopeRule> scopeRules,

        @JsonProperty(value = "success", required = true) List<Integer> success,
        @JsonProperty(value = "async", required = true) boolean async,
        @JsonProperty(value = "repeat", required = true) Repeat repeat,
        @JsonProperty(value = "target", required = true) TargetRule target,
        @JsonProperty(value = "affects", required = true) List<TargetRule> affects,
        @JsonProperty(value = "marks", required = true) List<ActionMark> marks,

        @JsonProperty(value = "ownForbidden", required = true)
        List<JsonPointer> ownForbidden,

        @JsonProperty(value = "secretArguments", required = true)
        List<PointerPattern> secretArguments,

        @JsonProperty(value = "secretResults", required = true)
        List<PointerPattern> secretResults,

        @JsonProperty(value = "destructive", required = true)
        boolean destructive,

        @JsonProperty("lifecycle") Optional<Lifecycle> lifecycle,
        @JsonProperty("sdk") Optional<String> sdk,
        @JsonProperty(value = "steps", required = true) List<Step> steps,
        @JsonProperty("notice") Optional<String> notice) {

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
        scopeRules = List.copyOf(scopeRules);
        secretArguments = List.copyOf(secretArguments);
        secretResults = List.copyOf(secretResults);
        steps = List.copyOf(steps);
    }

    /** The least scopes that do the job with these arguments. */
    public List<String> scopes(ObjectNode arguments) {
        List<String> enough = scopeRules.stream()
                .filter(rule -> rule.narrows(arguments))
                .findFirst()
                .map(ScopeRule::scopes)
                .orElse(scopes);
        return and(enough, arguments);
    }

    /**
     * The scopes that a holder of permissions is asked for: those that do the job whatever the arguments, of those who
     * hold them, and else the least. Whoever may do more may do less.
     */
    public List<String> scopes(ObjectNode arguments, Collection<String> held) {
        return held.containsAll(scopes) ? and(scopes, arguments) : scopes(arguments);
    }

    private List<String> and(List<String> enough, ObjectNode arguments) {
        Stream<String> more =
                scopeRules.stream().filter(rule -> rule.adds(arguments)).flatMap(rule -> rule.scopes().stream());
        return Stream.concat(enough.stream(), more).distinct().toList();
    }

    /** The target that gives the record key. The arguments must be valid. */
    public Target target(ObjectNode arguments) {
        return target.single(arguments);
    }

    /** Every subject that the action affects, each once, in the order of the table. The arguments must be valid. */
    public List<Target> targets(ObjectNode arguments) {
        return affects.stream().flatMap(rule -> rule.all(arguments)).distinct().toList();
    }

    /** Where these arguments, which need not be valid, hold ids that are not safe: JSON pointers, each once. */
    Stream<String> unsafeIds(ObjectNode arguments) {
        Stream<String> inPath = pathParameters.stream()
                .map(Parameter::name)
                .filter(name -> arguments.get(name) instanceof StringNode id && !SafeId.of(id.stringValue()))
                .map(name -> "/" + name);
        Stream<String> elsewhere = Stream.concat(Stream.of(target), affects.stream())
                .flatMap(rule -> rule.unsafe(arguments))
                .map(JsonPointer::toString);
        return Stream.concat(inPath, elsewhere).distinct();
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
                .flatMap(pattern -> pattern.in(arguments))
                .filter(pointer -> !arguments.at(pointer).isNull())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it is a macro. */
    public boolean isMacro() {
        return !steps.isEmpty();
    }

    /** Whether it only reads. */
    public boolean reads() {
        return repeat == Repeat.SAFE;
    }

    private static boolean isPresent(ObjectNode arguments, JsonPointer pointer) {
        return pointer.matches() || !arguments.at(pointer).isMissingNode();
    }
}
