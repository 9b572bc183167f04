/** Operations on people, and on what they hold, whose effects reach further than one document. */
@NullMarked
package dev.mandate.simulator.people;

import org.jspecify.annotations.NullMarked;
