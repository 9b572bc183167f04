/** The keys of a sandbox, laid out as the applications read them. */
@NullMarked
package dev.mandate.sandbox.keys;

import org.jspecify.annotations.NullMarked;
