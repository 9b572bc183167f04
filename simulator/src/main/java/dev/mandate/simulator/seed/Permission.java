package dev.mandate.simulator.seed;

/**
 * A permission of an API of the tenant.
 *
 * @param api the API's identifier (its audience)
 * @param name the permission's name, such as {@code read:users}
 */
public record Permission(String api, String name) {}
