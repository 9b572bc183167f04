/** A client of the API, as a frontend would be one. */
@NullMarked
package dev.mandate.sandbox.client;

import org.jspecify.annotations.NullMarked;
