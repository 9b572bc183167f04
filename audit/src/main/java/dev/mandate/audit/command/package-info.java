/** The command line: {@code mandate audit verify | timeline | export}. */
@NullMarked
package dev.mandate.audit.command;

import org.jspecify.annotations.NullMarked;
