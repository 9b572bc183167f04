/**
 * Who commands: the requester's own access token, opened and verified by the worker itself; and whether what is
 * commanded is right in itself. Whether it may be done is not looked at here.
 */
@NullMarked
package dev.mandate.worker.verification;

import org.jspecify.annotations.NullMarked;
