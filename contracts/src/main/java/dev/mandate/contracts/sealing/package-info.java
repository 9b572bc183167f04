/** Sealing: encryption to one reader's public key (JWE, RFC 7516), for tokens, secret arguments and results. */
@NullMarked
package dev.mandate.contracts.sealing;

import org.jspecify.annotations.NullMarked;
