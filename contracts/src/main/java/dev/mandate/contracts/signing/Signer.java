package dev.mandate.contracts.signing;

/** Signs statements as compact JWS. The port behind which keys live: in a directory here, in a KMS elsewhere. */
public interface Signer {

    /**
     * Signs a payload as a statement of this type with the key that is active now.
     *
     * @return the compact JWS
     * @throws IllegalStateException when there is no key to sign with
     */
    String sign(StatementType type, byte[] payload);
}
