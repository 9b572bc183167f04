/** Shows the catalogue of actions, and what a caller would need for them. */
@NullMarked
package dev.mandate.api.action;

import org.jspecify.annotations.NullMarked;
