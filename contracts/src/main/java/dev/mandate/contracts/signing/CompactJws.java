package dev.mandate.contracts.signing;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A JWS in compact serialization (RFC 7515 §7.1), taken apart but not yet verified.
 *
 * <p>Exactly one notation is accepted for each value: three parts, base64url without padding and with zero trailing
 * bits (RFC 4648 §3.5), a protected header with the members {@code typ}, {@code alg} and {@code kid} and no others. So
 * {@code crit}, {@code b64}, {@code zip}, {@code jwk}, {@code jku} and the like are refused without being understood.
 *
 * @param header the protected header
 * @param payload the decoded payload
 * @param signingInput the bytes that are signed: the first two parts with the dot between them
 * @param signature the decoded signature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; taken apart and verified at once
public record CompactJws(Header header, byte[] payload, byte[] signingInput, byte[] signature) {

    private static final int MAX_HEADER = 512;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /**
     * The protected header.
     *
     * @param typ what kind of statement this is
     * @param alg the signature's algorithm, always {@value Ed25519#ALGORITHM}
     * @param kid the name of the signing key
     */
    public record Header(
            @JsonProperty(value = "typ", required = true) String typ,
            @JsonProperty(value = "alg", required = true) String alg,
            @JsonProperty(value = "kid", required = true) String kid) {}

    /**
     * Takes a compact JWS apart.
     *
     * @throws RejectedException with {@link RejectionCode#JWS_MALFORMED} or {@link RejectionCode#JWS_HEADER}
     */
    public static CompactJws parse(byte[] value) throws RejectedException {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            throw new RejectedException(RejectionCode.JWS_MALFORMED, "A compact JWS has three parts");
        }
        byte[] header = decode(text.substring(0, first));
        byte[] payload = decode(text.substring(first + 1, second));
        byte[] signature = decode(text.substring(second + 1));
        return new CompactJws(
                parseHeader(header),
                payload,
                text.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
                signature);
    }

    /** The bytes to sign for a header and a payload. */
    static String signingInput(Header header, byte[] payload) {
        return ENCODER.encodeToString(StrictJson.write(header)) + "." + ENCODER.encodeToString(payload);
    }

    static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static byte[] decode(String part) throws RejectedException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            // The decoder takes padding and stray trailing bits; one value must have one notation.
            if (!part.isEmpty() && ENCODER.encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the refusal below
        }
        throw new RejectedException(RejectionCode.JWS_MALFORMED, "A part is not canonical base64url");
    }

    private static Header parseHeader(byte[] bytes) throws RejectedException {
        if (bytes.length > MAX_HEADER) {
            throw new RejectedException(RejectionCode.JWS_HEADER, "The protected header is too long");
        }
        try {
            return StrictJson.read(bytes, Header.class);
        } catch (MalformedJsonException e) {
            throw new RejectedException(RejectionCode.JWS_HEADER, "The header is exactly typ, alg and kid");
        }
    }
}
