/** The journal: the worker's signed statements about commands, as Security Event Tokens (RFC 8417). */
@NullMarked
package dev.mandate.contracts.journal;

import org.jspecify.annotations.NullMarked;
