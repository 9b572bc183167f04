/** Topics, record keys, partitions and headers, and how headers mirror signed claims. */
@NullMarked
package dev.mandate.contracts.topic;

import org.jspecify.annotations.NullMarked;
