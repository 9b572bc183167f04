package dev.mandate.contracts;

import dev.mandate.contracts.signing.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** What an attacker makes who holds a key: any header over any payload, with a signature that fits. */
public final class RawJws {

    private RawJws() {}

    /** A compact JWS with the active key of a private directory. */
    public static byte[] sign(Path directory, String header, byte[] payload) {
        String input = encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(payload);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(activeKey(directory));
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return (input + "." + encode(signature.sign())).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PrivateKey activeKey(Path directory) {
        try {
            String kid = Files.readString(directory.resolve("active")).strip();
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(directory.resolve(kid + ".pem"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
