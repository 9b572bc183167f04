package dev.mandate.api.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.action.Action;

/** What an action does to what is there. */
enum ActionKind {
    /** It looks. */
    @JsonProperty("read")
    READ,
    /** It changes something. */
    @JsonProperty("write")
    WRITE,
    /** Something is lost for good. */
    @JsonProperty("destructive")
    DESTRUCTIVE;

    static ActionKind of(Action action) {
        return action.destructive() ? DESTRUCTIVE : action.reads() ? READ : WRITE;
    }
}
