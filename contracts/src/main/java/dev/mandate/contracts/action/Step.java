package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a macro.
 *
 * @param action the name of the operation
 * @param arguments its arguments; an object {@code {"$from": "/id"}} anywhere in them stands for what the macro's own
 *     arguments hold at that JSON pointer
 */
public record Step(
        @JsonProperty(value = "action", required = true) String action,
        @JsonProperty(value = "arguments", required = true) ObjectNode arguments) {}
