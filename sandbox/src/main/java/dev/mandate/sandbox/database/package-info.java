/** The sandbox's own PostgreSQL. */
@NullMarked
package dev.mandate.sandbox.database;

import org.jspecify.annotations.NullMarked;
