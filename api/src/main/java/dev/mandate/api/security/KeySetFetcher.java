package dev.mandate.api.security;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** Gets an issuer's current public keys. */
interface KeySetFetcher {

    /**
     * The keys as they are published now.
     *
     * @throws IOException when they can't be had, or are not what they should be
     */
    JWKSet fetch(String issuer) throws IOException;
}
