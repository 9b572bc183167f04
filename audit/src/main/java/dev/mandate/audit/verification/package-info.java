/** The checks: what each is, what it rests on, and which records it does not hold for. */
@NullMarked
package dev.mandate.audit.verification;

import org.jspecify.annotations.NullMarked;
