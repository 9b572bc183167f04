/**
 * The intake: it authenticates people, authorizes, signs and enqueues their commands, and shows what became of them.
 */
@NullMarked
package dev.mandate.api;

import org.jspecify.annotations.NullMarked;
