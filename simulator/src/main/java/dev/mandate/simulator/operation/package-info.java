/** One call of one operation: what it brings, how it may be refused, and how lists are cut into pages. */
@NullMarked
package dev.mandate.simulator.operation;

import org.jspecify.annotations.NullMarked;
