/** An opponent that keeps jobs in PostgreSQL. */
@NullMarked
package dev.mandate.bench.jobrunr;

import org.jspecify.annotations.NullMarked;
