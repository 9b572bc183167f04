/** Tells the truth to whoever decides about traffic: whether commands can be accepted now. */
@NullMarked
package dev.mandate.api.health;

import org.jspecify.annotations.NullMarked;
