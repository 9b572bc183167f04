/**
 * What a tenant bears: how fast it may be called, whether it is to be called at all, and what its answers say of that.
 */
@NullMarked
package dev.mandate.worker.limits;

import org.jspecify.annotations.NullMarked;
