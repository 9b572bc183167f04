/** The auditor: reads the log with read-only rights and public keys alone, and says what holds and what does not. */
@NullMarked
package dev.mandate.audit;

import org.jspecify.annotations.NullMarked;
