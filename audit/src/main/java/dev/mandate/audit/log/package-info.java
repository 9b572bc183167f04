/** Where records come from: the topics as they are, or a bundle that is a copy of them. */
@NullMarked
package dev.mandate.audit.log;

import org.jspecify.annotations.NullMarked;
