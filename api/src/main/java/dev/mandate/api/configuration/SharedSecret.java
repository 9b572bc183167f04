package dev.mandate.api.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that all instances of the intake share: keys for hashes that nobody else can compute. */
public final class SharedSecret {

    private static final int LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private SharedSecret(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads the secret.
     *
     * @throws IllegalStateException when the file can't be read or does not hold exactly 32 bytes
     */
    public static SharedSecret read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != LENGTH) {
                throw new IllegalStateException(
                        "mandate.keys.secret: " + file + " must hold exactly " + LENGTH + " random bytes");
            }
            return new SharedSecret(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("mandate.keys.secret: " + file + " can't be read", e);
        }
    }

    /**
     * A key for one purpose, so that what is computed for one can't be used for another.
     *
     * @param purpose such as {@code cursor}
     */
    public Mac mac(String purpose) {
        try {
            Mac derivation = Mac.getInstance(ALGORITHM);
            derivation.init(new SecretKeySpec(secret, ALGORITHM));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(
                    derivation.doFinal(("mandate:" + purpose).getBytes(StandardCharsets.UTF_8)), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
