/** A loop that does with keys what Mandate's worker does, and nothing else of it. */
@NullMarked
package dev.mandate.bench.signed;

import org.jspecify.annotations.NullMarked;
