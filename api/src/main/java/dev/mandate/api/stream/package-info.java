/** Server-Sent Events about people's own commands, straight from the log, resumable with nothing lost or doubled. */
@NullMarked
package dev.mandate.api.stream;

import org.jspecify.annotations.NullMarked;
