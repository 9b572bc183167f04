/** Publishes the intake's public keys. */
@NullMarked
package dev.mandate.api.keys;

import org.jspecify.annotations.NullMarked;
