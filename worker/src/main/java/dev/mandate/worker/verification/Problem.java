package dev.mandate.worker.verification;

/**
 * What is wrong with a genuine command.
 *
 * @param code stable: {@code action.unknown}, {@code arguments.invalid}
 * @param message one sentence for the requester, which repeats no value
 */
public record Problem(String code, String message) {}
