/** A person's signed word on a command of which nobody knows what became of it. */
@NullMarked
package dev.mandate.contracts.resolution;

import org.jspecify.annotations.NullMarked;
