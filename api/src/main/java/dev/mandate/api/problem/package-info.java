/** Errors as RFC 9457 problem documents with stable codes, and nothing in them that a client should not learn. */
@NullMarked
package dev.mandate.api.problem;

import org.jspecify.annotations.NullMarked;
