/** Serves the description of this API, which is written by hand and held against the running intake by tests. */
@NullMarked
package dev.mandate.api.openapi;

import org.jspecify.annotations.NullMarked;
