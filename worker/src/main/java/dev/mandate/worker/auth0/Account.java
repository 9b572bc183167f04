package dev.mandate.worker.auth0;

/**
 * What a look-up says of a person's account.
 *
 * @param blocked whether an administrator has blocked it
 */
public record Account(boolean blocked) {}
