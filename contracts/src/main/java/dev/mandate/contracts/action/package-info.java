/** The catalogue: Management API operations as data, with their arguments, scopes, targets and marks. */
@NullMarked
package dev.mandate.contracts.action;

import org.jspecify.annotations.NullMarked;
