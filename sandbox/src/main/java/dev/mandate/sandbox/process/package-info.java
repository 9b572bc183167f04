/** Processes that the sandbox starts, watches and stops: each with its own configuration and nothing else. */
@NullMarked
package dev.mandate.sandbox.process;

import org.jspecify.annotations.NullMarked;
