package dev.mandate.api.intake;

import dev.mandate.api.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * The header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header-07): a structured string in quotation
 * marks. The same key without them, as many clients send it, is taken for the same.
 *
 * @param value the key, without quotation marks
 */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    /** What may stand in a key: RFC 9651 strings without escapes, and without spaces. */
    private static final Pattern FORM = Pattern.compile("(\"?)([!#-\\[\\]-~]{1,128})\\1");

    /**
     * Reads the header's values.
     *
     * @return empty if there are none
     * @throws ProblemException 400 {@code idempotency.malformed}
     */
    static Optional<IdempotencyKey> from(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        var form = FORM.matcher(headers.getFirst().strip());
        if (headers.size() > 1 || !form.matches()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "idempotency.malformed",
                    "Bad Request",
                    "Idempotency-Key is one string of 1 to 128 visible ASCII characters, in quotation marks");
        }
        return Optional.of(new IdempotencyKey(form.group(2)));
    }
}
