/** The worker's configuration: read once at start, complete and consistent or refused with every problem named. */
@NullMarked
package dev.mandate.worker.settings;

import org.jspecify.annotations.NullMarked;
