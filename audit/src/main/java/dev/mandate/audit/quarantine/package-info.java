/** What is in quarantine, shown to people, and what they can make of it. */
@NullMarked
package dev.mandate.audit.quarantine;

import org.jspecify.annotations.NullMarked;
