/** How fast commands are accepted, and what each costs. */
@NullMarked
package dev.mandate.bench.intake;

import org.jspecify.annotations.NullMarked;
