/** A limit on how much is worked on at once: what is too much is turned away early instead of being queued. */
@NullMarked
package dev.mandate.api.load;

import org.jspecify.annotations.NullMarked;
