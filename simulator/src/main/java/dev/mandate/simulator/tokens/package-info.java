/** Grants, tokens, signing keys and discovery. */
@NullMarked
package dev.mandate.simulator.tokens;

import org.jspecify.annotations.NullMarked;
