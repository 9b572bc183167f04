package dev.mandate.bench.upstream;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request of HTTP/1.1 (RFC 9112), as far as HTTP clients on this machine need it: with a length, not in chunks.
 *
 * @param method its method
 * @param path its path and query, still encoded
 * @param body its body
 */
record HttpRequest(String method, String path, byte[] body) {

    private static final int LONGEST_LINE = 16_384;
    private static final String LENGTH = "content-length:";

    /**
     * Reads the next one of a connection; nothing when the client has closed it.
     *
     * @throws IOException when it is none
     */
    static Optional<HttpRequest> read(BufferedInputStream in) throws IOException {
        var first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var parts = first.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("not a request line");
        }
        int length = 0;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ends early");
        }
        return Optional.of(new HttpRequest(parts[0], parts[1], body));
    }

    private static String line(BufferedInputStream in) throws IOException {
        var bytes = new byte[256];
        int length = 0;
        for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
            if (length == LONGEST_LINE) {
                throw new IOException("a line is too long");
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) next;
        }
        int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }
}
