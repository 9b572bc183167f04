package dev.mandate.api.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Mark;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An action as a caller sees it.
 *
 * @param name the action's name
 * @param reads whether it only reads
 * @param destructive whether something is lost for good
 * @param scopes the Management API scopes that it takes, and so the permissions
 * @param marks what needs a permission of its own
 * @param secrets JSON pointers to arguments that are sealed to the worker before anything is recorded
 * @param you what the caller's token says to it
 * @param links where to find its arguments' schema
 */
record ActionView(
        @JsonProperty("name") String name,
        @JsonProperty("reads") boolean reads,
        @JsonProperty("destructive") boolean destructive,
        @JsonProperty("scopes") List<String> scopes,
        @JsonProperty("marks") List<MarkView> marks,
        @JsonProperty("secrets") List<String> secrets,
        @JsonProperty("you") You you,
        @JsonProperty("links") Links links) {

    /**
     * A mark.
     *
     * @param at a JSON pointer into the arguments, empty for the whole action
     * @param mark why
     * @param permission the permission that it needs
     * @param because in words
     */
    record MarkView(
            @JsonProperty("at") String at,
            @JsonProperty("mark") Mark mark,
            @JsonProperty("permission") String permission,
            @JsonProperty("because") String because) {}

    /**
     * The caller's side, before anything is known of the target.
     *
     * @param permitted whether the token carries what every use of the action needs
     * @param missing the permissions that it lacks for that
     */
    record You(
            @JsonProperty("permitted") boolean permitted,
            @JsonProperty("missing") List<String> missing) {}

    /** Links. */
    record Links(@JsonProperty("self") String self) {}

    static ActionView of(Action action, Set<String> permissions) {
        List<MarkView> marks = action.marks().stream()
                .map(mark ->
                        new MarkView(mark.at().toString(), mark.mark(), mark.permission(action.name()), mark.because()))
                .toList();
        List<String> missing = Stream.concat(
                        action.scopes().stream(),
                        marks.stream().filter(mark -> mark.at().isEmpty()).map(MarkView::permission))
                .filter(permission -> !permissions.contains(permission))
                .distinct()
                .toList();
        return new ActionView(
                action.name(),
                action.reads(),
                action.destructive(),
                action.scopes(),
                marks,
                action.secretArguments().stream().map(Object::toString).toList(),
                new You(missing.isEmpty(), missing),
                new Links("/v1/actions/" + action.name()));
    }
}
