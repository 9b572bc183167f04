package dev.mandate.worker.execution;

/**
 * What is known of an attempt before it is made.
 *
 * @param number from 1
 * @param inDoubt whether an earlier one may have done it
 * @param tokenRefused whether Auth0 took no token of ours at the one before
 */
public record Attempt(int number, boolean inDoubt, boolean tokenRefused) {}
