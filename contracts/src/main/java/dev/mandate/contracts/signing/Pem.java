package dev.mandate.contracts.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** PKCS#8 private keys in PEM files (RFC 7468 §10). */
public final class Pem {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private Pem() {}

    /**
     * The DER bytes of the key in a file.
     *
     * @throws IOException when the file can't be read
     * @throws IllegalArgumentException when it holds no PKCS#8 private key; the message names the file, not its content
     */
    public static byte[] read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IllegalArgumentException(file + " holds no PKCS#8 private key in PEM form");
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is not valid PEM");
        }
    }

    /** The PEM form of a PKCS#8 private key. */
    public static String write(byte[] pkcs8) {
        return BEGIN + "\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(pkcs8) + "\n" + END + "\n";
    }
}
