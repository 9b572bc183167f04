/** A stateful stand-in for one Auth0 tenant: token endpoint, Management API, faults and a journal of what it saw. */
@NullMarked
package dev.mandate.simulator;

import org.jspecify.annotations.NullMarked;
