/** How long ago something was, whatever is done to the machine's clock meanwhile. */
@NullMarked
package dev.mandate.worker.time;

import org.jspecify.annotations.NullMarked;
