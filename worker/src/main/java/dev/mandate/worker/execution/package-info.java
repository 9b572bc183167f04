/** Doing it: the request that was signed goes to Auth0 as it is, and what came back is understood without illusions. */
@NullMarked
package dev.mandate.worker.execution;

import org.jspecify.annotations.NullMarked;
