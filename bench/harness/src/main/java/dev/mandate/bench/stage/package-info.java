/** Everything that a measurement needs besides what is measured: broker, upstream, keys, commands. */
@NullMarked
package dev.mandate.bench.stage;

import org.jspecify.annotations.NullMarked;
