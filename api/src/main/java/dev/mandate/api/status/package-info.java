/** What became of commands: reading it, searching it, and waiting for it. */
@NullMarked
package dev.mandate.api.status;

import org.jspecify.annotations.NullMarked;
