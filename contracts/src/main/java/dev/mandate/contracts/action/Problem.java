package dev.mandate.contracts.action;

/**
 * What is wrong with arguments.
 *
 * @param pointer a JSON pointer into the arguments
 * @param message what is expected there; it never repeats the value
 */
public record Problem(String pointer, String message) {}
