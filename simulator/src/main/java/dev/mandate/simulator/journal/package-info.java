/** What the simulator saw and answered, for tests to assert on. */
@NullMarked
package dev.mandate.simulator.journal;

import org.jspecify.annotations.NullMarked;
