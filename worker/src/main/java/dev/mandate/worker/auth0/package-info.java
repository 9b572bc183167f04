/**
 * All contact with Auth0's own SDK: least-scope tokens, and live look-ups about people. Nothing else knows that the SDK
 * exists.
 */
@NullMarked
package dev.mandate.worker.auth0;

import org.jspecify.annotations.NullMarked;
