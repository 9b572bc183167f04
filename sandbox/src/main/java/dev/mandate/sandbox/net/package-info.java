/** Ports of this machine. */
@NullMarked
package dev.mandate.sandbox.net;

import org.jspecify.annotations.NullMarked;
