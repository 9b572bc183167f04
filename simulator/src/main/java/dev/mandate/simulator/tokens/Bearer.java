package dev.mandate.simulator.tokens;

import java.util.List;

/**
 * What a valid Management token says of its bearer.
 *
 * @param clientId the application
 * @param scopes what it may do
 */
public record Bearer(String clientId, List<String> scopes) {}
