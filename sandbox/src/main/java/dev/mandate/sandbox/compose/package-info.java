/** What docker-compose.yml needs before its first start. */
@NullMarked
package dev.mandate.sandbox.compose;

import org.jspecify.annotations.NullMarked;
