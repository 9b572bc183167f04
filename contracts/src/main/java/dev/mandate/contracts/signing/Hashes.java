package dev.mandate.contracts.signing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256, in the two notations that claims use. */
public final class Hashes {

    private Hashes() {}

    /**
     * {@code sha-256:} and 64 hexadecimal digits: the notation of {@code payload_hash}, {@code request_hash}, policies.
     */
    public static String sha256(byte[] bytes) {
        return "sha-256:" + HexFormat.of().formatHex(digest(bytes));
    }

    /** Base64url without padding, of the text's UTF-8 bytes: the notation of {@code ath} (RFC 9449 §4.2). */
    public static String tokenHash(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** The 32 bytes of the hash. */
    public static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
