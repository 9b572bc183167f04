/** Opponents made with spring-kafka. */
@NullMarked
package dev.mandate.bench.listener;

import org.jspecify.annotations.NullMarked;
