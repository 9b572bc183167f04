/** People's word on commands of which nobody knows what became of them. */
@NullMarked
package dev.mandate.api.resolution;

import org.jspecify.annotations.NullMarked;
