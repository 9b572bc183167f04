package dev.mandate.api.status;

/**
 * One line of {@code GET /v1/batches/{id}/results}.
 *
 * @param line the number of the batch's line that the command was
 * @param command the command, as {@code GET /v1/commands/{id}} shows it to its requester
 */
record BatchResult(int line, CommandView command) {}
