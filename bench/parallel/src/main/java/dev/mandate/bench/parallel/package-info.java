/** The opponent that is closest to what Mandate's worker does with order and concurrency. */
@NullMarked
package dev.mandate.bench.parallel;

import org.jspecify.annotations.NullMarked;
