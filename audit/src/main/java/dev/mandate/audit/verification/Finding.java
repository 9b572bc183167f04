package dev.mandate.audit.verification;

import java.util.Optional;

/**
 * Something that does not hold.
 *
 * @param check the check
 * @param place the record, {@code topic/partition@offset}, or what else can be pointed at
 * @param command the command's id, where it is known
 * @param reason what is wrong: whole sentences, nothing secret
 */
public record Finding(Check check, String place, Optional<String> command, String reason) {}
