/** How long it takes until somebody works again after a worker has crashed. */
@NullMarked
package dev.mandate.bench.recovery;

import org.jspecify.annotations.NullMarked;
