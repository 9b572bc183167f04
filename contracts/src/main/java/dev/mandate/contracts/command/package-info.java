/** Commands: a person's signed request to perform one action on one target, once, before a deadline. */
@NullMarked
package dev.mandate.contracts.command;

import org.jspecify.annotations.NullMarked;
