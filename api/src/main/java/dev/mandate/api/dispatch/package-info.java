/** Numbers, signs and sends commands, and accounts for those whose fate is not known. */
@NullMarked
package dev.mandate.api.dispatch;

import org.jspecify.annotations.NullMarked;
