/** What Auth0's SDK expects back from each operation, and how a document is given that shape. */
@NullMarked
package dev.mandate.simulator.answers;

import org.jspecify.annotations.NullMarked;
