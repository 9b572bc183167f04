/** What operators configure, checked before anything starts, and the few objects that everything is built from. */
@NullMarked
package dev.mandate.api.configuration;

import org.jspecify.annotations.NullMarked;
