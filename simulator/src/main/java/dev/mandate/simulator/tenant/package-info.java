/** The tenant's living state and its log. */
@NullMarked
package dev.mandate.simulator.tenant;

import org.jspecify.annotations.NullMarked;
