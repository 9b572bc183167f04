/** Who asked for what, when and why, and what came of it. */
@NullMarked
package dev.mandate.audit.timeline;

import org.jspecify.annotations.NullMarked;
