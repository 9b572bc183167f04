/** Authorization as a pure function of a policy and facts: no clock, no I/O, no locale. */
@NullMarked
package dev.mandate.contracts.policy;

import org.jspecify.annotations.NullMarked;
