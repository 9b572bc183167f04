/** Proof by chaos: real processes under faults chosen by a seed, and a checker of what came of it. */
@NullMarked
package dev.mandate.sandbox.chaos;

import org.jspecify.annotations.NullMarked;
