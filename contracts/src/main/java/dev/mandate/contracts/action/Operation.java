package dev.mandate.contracts.action;

import tools.jackson.databind.node.ObjectNode;

/**
 * One operation as it is to be performed: what a command's action and arguments come down to.
 *
 * @param action a plain operation, never a macro
 * @param arguments its arguments
 */
public record Operation(Action action, ObjectNode arguments) {}
