/** Requests and responses as plain values, apart from any HTTP server. */
@NullMarked
package dev.mandate.simulator.http;

import org.jspecify.annotations.NullMarked;
