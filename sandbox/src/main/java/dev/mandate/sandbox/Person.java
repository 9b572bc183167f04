package dev.mandate.sandbox;

import dev.mandate.simulator.seed.Secret;
import java.util.Optional;

/**
 * Somebody who can log in to the sandbox's tenant.
 *
 * @param login a short name, for people and scripts
 * @param userId the Auth0 user
 * @param email what to log in with
 * @param password made for this sandbox
 * @param organization the organization through which this person logs in
 */
public record Person(String login, String userId, String email, Secret password, Optional<String> organization) {}
