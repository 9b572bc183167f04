/** An opponent that keeps tasks in PostgreSQL. */
@NullMarked
package dev.mandate.bench.dbscheduler;

import org.jspecify.annotations.NullMarked;
