package dev.mandate.contracts.topic;

import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.signing.StatementType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A record's headers: CloudEvents 1.0 in Kafka's binary mode, each a copy of a signed claim, so that routers and
 * dashboards need not open the value. A reader compares every one of them with its claim and believes none.
 *
 * @param id {@code ce_id}: the claim {@code jti}
 * @param source {@code ce_source}: the claim {@code iss}
 * @param type {@code ce_type}: the statement's type, and for journal events the event
 * @param subject {@code ce_subject}: the command's id for journal events, the target's record key for commands
 * @param time {@code ce_time}: the claim {@code iat}
 * @param statement gives {@code content-type}
 */
public record EventHeaders(
        String id, String source, String type, String subject, Instant time, StatementType statement) {

    /** The header with the type. */
    public static final String TYPE = "ce_type";

    /** The header with the subject. */
    public static final String SUBJECT = "ce_subject";

    /** The header that says what the value is. */
    public static final String CONTENT_TYPE = "content-type";

    /** The one unsigned header (W3C Trace Context): used for span links, believed by nobody. */
    public static final String TRACEPARENT = "traceparent";

    private static final String SPEC_VERSION = "1.0";

    /** The headers in the order in which they are written. */
    public List<LogRecord.Header> toHeaders() {
        return claims().entrySet().stream()
                .map(header -> new LogRecord.Header(header.getKey(), bytes(header.getValue())))
                .toList();
    }

    /** The content type of a statement's compact JWS. */
    public static String contentType(StatementType type) {
        return "application/" + type.typ();
    }

    /**
     * Checks a record's headers against these, which were made from its signed claims.
     *
     * @throws RejectedException with {@link RejectionCode#HEADERS_MISMATCH} when one is missing, repeated, unknown, has
     *     no value, or differs
     */
    public void requireMirroredBy(List<LogRecord.Header> found) throws RejectedException {
        Map<String, String> expected = claims();
        Set<String> seen = new HashSet<>();
        for (LogRecord.Header header : found) {
            byte[] value = header.value();
            if (value == null || !seen.add(header.name())) {
                throw mismatch("A header repeats or has no value");
            }
            if (header.name().equals(TRACEPARENT)) {
                continue;
            }
            String claim = expected.get(header.name());
            if (claim == null || !Arrays.equals(bytes(claim), value)) {
                throw mismatch("A header is unknown or differs from its claim");
            }
        }
        if (!seen.containsAll(expected.keySet())) {
            throw mismatch("A header is missing");
        }
    }

    private Map<String, String> claims() {
        var claims = new LinkedHashMap<String, String>();
        claims.put("ce_specversion", SPEC_VERSION);
        claims.put("ce_id", id);
        claims.put("ce_source", source);
        claims.put(TYPE, type);
        claims.put(SUBJECT, subject);
        claims.put("ce_time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        claims.put(CONTENT_TYPE, contentType(statement));
        return claims;
    }

    private static RejectedException mismatch(String detail) {
        return new RejectedException(RejectionCode.HEADERS_MISMATCH, detail);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
