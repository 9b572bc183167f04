package dev.mandate.contracts.signing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;

/** Signs with the active Ed25519 key of a {@link PrivateKeyDirectory}. */
public final class KeySigner implements Signer {

    private final PrivateKeyDirectory<PrivateKey> keys;
    private final Ed25519 algorithm = Ed25519.chosen();

    /**
     * A signer with the keys in this directory.
     *
     * @throws IllegalStateException when the directory can't be used
     */
    public KeySigner(Path directory, Clock clock) {
        this.keys = new PrivateKeyDirectory<>(directory, algorithm::privateKey, clock);
    }

    @Override
    public String sign(StatementType type, byte[] payload) {
        PrivateKeyDirectory.Named<PrivateKey> active = keys.active();
        String input =
                CompactJws.signingInput(new CompactJws.Header(type.typ(), Ed25519.ALGORITHM, active.kid()), payload);
        byte[] signature = algorithm.sign(active.key(), input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + CompactJws.encode(signature);
    }
}
