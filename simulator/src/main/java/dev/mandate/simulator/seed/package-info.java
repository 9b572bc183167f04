/** What a tenant holds when it starts: people, roles, organizations, APIs and applications. */
@NullMarked
package dev.mandate.simulator.seed;

import org.jspecify.annotations.NullMarked;
