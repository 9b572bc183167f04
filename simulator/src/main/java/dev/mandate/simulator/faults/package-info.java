/** Faults to inject: what is matched, how often, and what then happens to the request. */
@NullMarked
package dev.mandate.simulator.faults;

import org.jspecify.annotations.NullMarked;
