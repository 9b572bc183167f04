/** The Management API: routing by the catalogue, scopes, rate limits and each operation's behaviour. */
@NullMarked
package dev.mandate.simulator.management;

import org.jspecify.annotations.NullMarked;
