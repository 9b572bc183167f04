/**
 * Auth0's own SDK, looked at by reflection: what it calls, what it expects back, and whether the simulator gives it.
 */
@NullMarked
package dev.mandate.simulator.sdk;

import org.jspecify.annotations.NullMarked;
