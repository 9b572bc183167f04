package dev.mandate.api.log;

import dev.mandate.api.configuration.SharedSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Values that clients hold for us and bring back, to whichever instance: opaque to them and authenticated
 * (HMAC-SHA-256, 128 bits of it), so that nobody can make one up or use somebody else's. They are not encrypted.
 */
public final class OpaqueTokens {

    private static final int TAG = 16;
    private static final int MAX_LENGTH = 8192;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SharedSecret secret;

    OpaqueTokens(SharedSecret secret) {
        this.secret = secret;
    }

    /**
     * Makes a token.
     *
     * @param purpose what it is for; one for another purpose is refused
     * @param boundTo what must be equal when it comes back, and is not carried in it: such as the caller
     * @return text that is safe in URLs and headers
     */
    public String issue(String purpose, List<String> boundTo, byte[] content) {
        byte[] tag = tag(purpose, boundTo, content);
        return ENCODER.encodeToString(
                ByteBuffer.allocate(TAG + content.length).put(tag).put(content).array());
    }

    /** The content of a token, if it was issued here for this purpose and bound to these values. */
    public Optional<byte[]> open(String purpose, List<String> boundTo, String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length < TAG || !ENCODER.encodeToString(bytes).equals(token)) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(bytes, TAG, bytes.length);
        return MessageDigest.isEqual(Arrays.copyOf(bytes, TAG), tag(purpose, boundTo, content))
                ? Optional.of(content)
                : Optional.empty();
    }

    private byte[] tag(String purpose, List<String> boundTo, byte[] content) {
        Mac mac = secret.mac(purpose);
        for (String value : boundTo) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            // The length stands first, so that no two lists run together into the same bytes.
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            mac.update(bytes);
        }
        // What is bound ends where no length can continue it.
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(-1).flip());
        return Arrays.copyOf(mac.doFinal(content), TAG);
    }
}
