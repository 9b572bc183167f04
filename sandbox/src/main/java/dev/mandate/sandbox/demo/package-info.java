/** The demo's story: every step asks for something and checks what came of it. */
@NullMarked
package dev.mandate.sandbox.demo;

import org.jspecify.annotations.NullMarked;
