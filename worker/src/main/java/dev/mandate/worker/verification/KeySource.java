package dev.mandate.worker.verification;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;

/** Where an issuer's public keys come from. */
interface KeySource {

    /**
     * The keys that the issuer publishes now.
     *
     * @throws IOException when they can't be had
     */
    JWKSet fetch() throws IOException;
}
