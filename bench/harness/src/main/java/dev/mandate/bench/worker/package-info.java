/** How fast commands are executed, and what each costs. */
@NullMarked
package dev.mandate.bench.worker;

import org.jspecify.annotations.NullMarked;
