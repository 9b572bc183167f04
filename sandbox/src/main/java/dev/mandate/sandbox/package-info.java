/** Everything on one machine: broker, database, simulator, api and worker, started together and stopped together. */
@NullMarked
package dev.mandate.sandbox;

import org.jspecify.annotations.NullMarked;
