package dev.mandate.api.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/actions} and {@code GET /v1/actions/{action}}. */
@RestController
class ActionController {

    private final Catalogue catalogue;

    ActionController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** All actions. */
    record ActionList(@JsonProperty("actions") List<ActionView> actions) {}

    /**
     * One action.
     *
     * @param action what the list says of it
     * @param argumentsSchema the JSON Schema (2020-12) of its arguments
     */
    record ActionDetail(
            @JsonUnwrapped ActionView action,
            @JsonProperty("arguments_schema") ObjectNode argumentsSchema) {}

    @GetMapping("/v1/actions")
    ActionList actions(@AuthenticationPrincipal Caller caller) {
        Set<String> permissions = caller.permissions();
        return new ActionList(catalogue.actions().stream()
                .map(action -> ActionView.of(action, permissions))
                .toList());
    }

    @GetMapping("/v1/actions/{name}")
    ActionDetail action(@AuthenticationPrincipal Caller caller, @PathVariable("name") String name) {
        Action action = catalogue
                .find(name)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.NOT_FOUND, "action.unknown", "Not Found", "There is no such action"));
        return new ActionDetail(ActionView.of(action, caller.permissions()), catalogue.schema(action));
    }
}
