/** What Mandate costs, held against what a team would use instead, in one run on one machine. */
@NullMarked
package dev.mandate.bench;

import org.jspecify.annotations.NullMarked;
