/** The least that consumes, calls and produces. */
@NullMarked
package dev.mandate.bench.loop;

import org.jspecify.annotations.NullMarked;
