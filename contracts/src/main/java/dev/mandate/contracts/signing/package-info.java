/** Compact JWS with Ed25519: strict parsing, signing, key ring and key rotation. */
@NullMarked
package dev.mandate.contracts.signing;

import org.jspecify.annotations.NullMarked;
