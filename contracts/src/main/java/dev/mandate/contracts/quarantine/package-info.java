/** The quarantine's records: copies of what can't be trusted, each with the worker's signed statement why. */
@NullMarked
package dev.mandate.contracts.quarantine;

import org.jspecify.annotations.NullMarked;
