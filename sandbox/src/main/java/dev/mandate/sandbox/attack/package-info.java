/** What somebody tries who has stolen a part of what a sandbox knows. */
@NullMarked
package dev.mandate.sandbox.attack;

import org.jspecify.annotations.NullMarked;
