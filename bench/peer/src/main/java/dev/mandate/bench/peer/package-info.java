/** What every opponent does with a command, so that they differ in nothing but how they come to do it. */
@NullMarked
package dev.mandate.bench.peer;

import org.jspecify.annotations.NullMarked;
