package dev.mandate.api.intake;

import dev.mandate.api.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** A request's body, up to a limit. */
public final class BoundedBody {

    private BoundedBody() {}

    /**
     * Reads the body.
     *
     * @throws ProblemException 413 {@code request.too_large}
     * @throws IOException when the client is gone
     */
    public static byte[] read(HttpServletRequest request, DataSize limit) throws IOException {
        int max = Math.toIntExact(limit.toBytes());
        if (request.getContentLengthLong() > max) {
            throw tooLarge(limit);
        }
        InputStream body = request.getInputStream();
        byte[] bytes = body.readNBytes(max + 1);
        if (bytes.length > max) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private static ProblemException tooLarge(DataSize limit) {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE,
                "request.too_large",
                "Content Too Large",
                "The body may have at most " + limit.toKilobytes() + " KiB");
    }
}
