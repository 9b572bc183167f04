/**
 * The one JSON parser of all services: strict, bounded, the same everywhere, so that no two readers can disagree about
 * a record.
 */
@NullMarked
package dev.mandate.contracts.json;

import org.jspecify.annotations.NullMarked;
