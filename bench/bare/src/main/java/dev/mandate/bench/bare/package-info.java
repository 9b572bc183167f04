/** What an endpoint costs that does nothing but ask who is there. */
@NullMarked
package dev.mandate.bench.bare;

import org.jspecify.annotations.NullMarked;
