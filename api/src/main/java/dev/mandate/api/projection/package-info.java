/** The read model: rows in PostgreSQL, written from the verified log alone, which can be dropped and built again. */
@NullMarked
package dev.mandate.api.projection;

import org.jspecify.annotations.NullMarked;
