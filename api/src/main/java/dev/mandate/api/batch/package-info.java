/** Takes batches: many commands in one request, line by line, in constant memory. */
@NullMarked
package dev.mandate.api.batch;

import org.jspecify.annotations.NullMarked;
