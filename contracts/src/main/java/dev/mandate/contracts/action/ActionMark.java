package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.core.JsonPointer;

/**
 * A mark on an action or on one of its arguments.
 *
 * @param at a JSON pointer (RFC 6901) into the arguments; empty for the whole action
 * @param mark what it is
 * @param because the reason, for reviewers
 */
public record ActionMark(
        @JsonProperty(value = "at", required = true) JsonPointer at,
        @JsonProperty(value = "mark", required = true) Mark mark,
        @JsonProperty(value = "because", required = true) String because) {

    /**
     * The permission of the company's own API that the mark asks for: the action's name, and for a marked argument the
     * argument's: {@code users.permissions.create}, {@code users.update:password}.
     */
    public String permission(String action) {
        return at.matches() ? action : action + ":" + at.last().getMatchingProperty();
    }
}
