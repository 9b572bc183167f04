package dev.mandate.bench.intake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * What a server answered (RFC 9112), the body aside, which is read over.
 *
 * @param status the status code
 * @param last whether the server closes the connection after it
 */
record HttpAnswer(int status, boolean last) {

    private static final int STATUS_AT = 9;
    private static final int HEX = 16;

    /**
     * Reads one answer to its end.
     *
     * @throws IOException when it breaks off, or is no answer
     */
    static HttpAnswer read(InputStream in) throws IOException {
        try {
            int status = Integer.parseInt(line(in).substring(STATUS_AT, STATUS_AT + 3));
            long length = 0;
            boolean chunked = false;
            boolean last = false;
            for (var header = line(in); !header.isEmpty(); header = line(in)) {
                var field = header.toLowerCase(Locale.ROOT);
                if (field.startsWith("content-length:")) {
                    length = Long.parseLong(
                            field.substring(field.indexOf(':') + 1).strip());
                } else if (field.startsWith("transfer-encoding:")) {
                    chunked = field.endsWith("chunked");
                } else if (field.startsWith("connection:")) {
                    last = field.endsWith("close");
                }
            }
            if (chunked) {
                skipChunks(in);
            } else {
                in.skipNBytes(length);
            }
            return new HttpAnswer(status, last);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("This is no HTTP/1.1", e);
        }
    }

    private static void skipChunks(InputStream in) throws IOException {
        for (int size = size(in); size > 0; size = size(in)) {
            in.skipNBytes(size);
            line(in);
        }
        line(in);
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), HEX);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
