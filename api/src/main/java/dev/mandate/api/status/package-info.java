/** What became of commands: the read model, and waiting for it. */
@NullMarked
package dev.mandate.api.status;

import org.jspecify.annotations.NullMarked;
