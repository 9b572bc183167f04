/** A stand-in for Auth0 that is too fast to be what is measured, and that sees who is asked for what, when. */
@NullMarked
package dev.mandate.bench.upstream;

import org.jspecify.annotations.NullMarked;
