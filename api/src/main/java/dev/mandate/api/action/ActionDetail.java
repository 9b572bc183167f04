package dev.mandate.api.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Lifecycle;
import dev.mandate.contracts.action.Mark;
import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.action.ScopeRule;
import dev.mandate.contracts.action.Step;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that can be said of an action.
 *
 * @param name the action's name
 * @param kind what it does to what is there
 * @param method the method of the operation of Auth0's Management API
 * @param path its path template
 * @param repeat what a second try does
 * @param lifecycle how finished Auth0 calls it
 * @param scopes the Management API scopes that it takes, and so the permissions
 * @param scopeRules how these depend on the arguments
 * @param needs the permissions that every use needs
 * @param marks what needs a permission of its own
 * @param secrets where arguments are sealed to the worker before anything is recorded
 * @param secretResults where the answer holds secrets
 * @param steps the actions that it consists of, if it is more than one
 * @param you what the caller's token says to it
 * @param examples submissions that make sense
 * @param argumentsSchema the JSON Schema (2020-12) of its arguments
 * @param links where this was found
 */
record ActionDetail(
        @JsonProperty("name") String name,
        @JsonProperty("kind") ActionKind kind,
        @JsonProperty("method") String method,
        @JsonProperty("path") String path,
        @JsonProperty("repeat") Repeat repeat,
        @JsonProperty("lifecycle") Optional<Lifecycle> lifecycle,
        @JsonProperty("scopes") List<String> scopes,
        @JsonProperty("scope_rules") List<ScopeRuleView> scopeRules,
        @JsonProperty("needs") List<String> needs,
        @JsonProperty("marks") List<MarkView> marks,
        @JsonProperty("secrets") List<String> secrets,
        @JsonProperty("secret_results") List<String> secretResults,
        @JsonProperty("steps") List<String> steps,
        @JsonProperty("you") Prospects.You you,
        @JsonProperty("examples") ExampleViews examples,
        @JsonProperty("arguments_schema") ObjectNode argumentsSchema,
        @JsonProperty("links") ActionSummary.Links links) {

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
     * How scopes depend on arguments.
     *
     * @param only if nothing but these members is there, these scopes are enough
     * @param any if one of these members is there, these scopes are needed besides
     */
    record ScopeRuleView(
            @JsonProperty("only") List<String> only,
            @JsonProperty("any") List<String> any,
            @JsonProperty("scopes") List<String> scopes) {}

    /**
     * Submissions.
     *
     * @param smallest with what is required
     * @param complete with every field
     */
    record ExampleViews(
            @JsonProperty("smallest") Submission smallest,
            @JsonProperty("complete") Submission complete) {}

    /** A body of {@code POST /v1/commands}. */
    record Submission(
            @JsonProperty("tenant") String tenant,
            @JsonProperty("action") String action,
            @JsonProperty("arguments") ObjectNode arguments) {}

    static ActionDetail of(Offer offer, Prospects.You you, ExampleViews examples, ObjectNode schema) {
        Action action = offer.action();
        return new ActionDetail(
                action.name(),
                offer.kind(),
                action.method(),
                action.path(),
                action.repeat(),
                action.lifecycle(),
                action.scopes(),
                action.scopeRules().stream().map(ActionDetail::view).toList(),
                offer.needs(),
                action.marks().stream()
                        .map(mark -> new MarkView(
                                mark.at().toString(), mark.mark(), mark.permission(action.name()), mark.because()))
                        .toList(),
                texts(action.secretArguments()),
                texts(action.secretResults()),
                action.steps().stream().map(Step::action).toList(),
                you,
                examples,
                schema,
                ActionSummary.Links.of(action.name()));
    }

    private static ScopeRuleView view(ScopeRule rule) {
        return new ScopeRuleView(texts(rule.onlyMembers()), texts(rule.anyMember()), rule.scopes());
    }

    private static List<String> texts(List<?> pointers) {
        return pointers.stream().map(Object::toString).toList();
    }
}
