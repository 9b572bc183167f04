package dev.mandate.contracts.policy;

/**
 * Why something is denied.
 *
 * @param code stable: {@code policy.permission_missing}
 * @param because one sentence for the requester, without facts about anybody else
 */
public record Denial(String code, String because) {}
