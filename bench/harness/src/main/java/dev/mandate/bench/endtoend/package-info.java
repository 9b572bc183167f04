/** How long somebody waits for an outcome. */
@NullMarked
package dev.mandate.bench.endtoend;

import org.jspecify.annotations.NullMarked;
