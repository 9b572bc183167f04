package dev.mandate.audit.log;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bundle: a copy of the topics as lines of ASCII text, each ended by LF, their fields separated by one space.
 *
 * <pre>
 * mandate-bundle/v1 2026-11-23T12:00:03.123Z           when the ends were read
 * range mandate.commands/3 0 120                       first offset, offset after the last; one line per partition
 * record mandate.commands/3@17 1795456800123 KEY VALUE NAME=VALUE …
 * suspect mandate.commands/3@17 REASON                 what the log itself did not keep to; rarely there
 * end 1234 sha-256:…                                   how many records; hash of every byte before this line
 * </pre>
 *
 * <p>The third field of a record is the broker's time of appending, in milliseconds since the epoch. {@code KEY},
 * {@code VALUE} and headers' values are base64url without padding, {@code -} for null, {@code .} for no bytes; headers'
 * names and reasons are percent-encoded. Records stand in the order that {@link Log} promises. The hash finds damage,
 * not forgery: what can be believed of a bundle is what the signatures in it say.
 */
final class BundleFormat {

    static final String MAGIC = "mandate-bundle/v1";
    static final String RANGE = "range";
    static final String RECORD = "record";
    static final String SUSPECT = "suspect";
    static final String END = "end";

    private static final String NULL = "-";
    private static final String EMPTY = ".";
    private static final Pattern PLACE = Pattern.compile("([A-Za-z0-9._-]{1,249})/(0|[1-9][0-9]{0,8})");

    private BundleFormat() {}

    static String header(Extent extent) {
        return MAGIC + " " + extent.seenAt();
    }

    static Instant parseHeader(String line) {
        String[] fields = line.split(" ", -1);
        try {
            if (fields.length == 2 && fields[0].equals(MAGIC)) {
                return Instant.parse(fields[1]);
            }
        } catch (DateTimeParseException e) {
            // falls through to the refusal below
        }
        throw new IllegalArgumentException("does not begin as a bundle does");
    }

    static String range(Extent.Range range) {
        return String.join(
                " ",
                RANGE,
                range.topic() + "/" + range.partition(),
                String.valueOf(range.from()),
                String.valueOf(range.to()));
    }

    static Extent.Range parseRange(String line) {
        String[] fields = line.split(" ", -1);
        Matcher place = PLACE.matcher(fields.length == 4 ? fields[1] : "");
        if (!place.matches()) {
            throw new IllegalArgumentException("is no range");
        }
        return new Extent.Range(
                place.group(1), Integer.parseInt(place.group(2)), Long.parseLong(fields[2]), Long.parseLong(fields[3]));
    }

    static String record(LogRecord found) {
        var line = new StringBuilder(RECORD)
                .append(' ')
                .append(found.position())
                .append(' ')
                .append(found.appendedAt().toEpochMilli())
                .append(' ')
                .append(encode(found.key()))
                .append(' ')
                .append(encode(found.value()));
        for (LogRecord.Header header : found.headers()) {
            line.append(' ')
                    .append(URLEncoder.encode(header.name(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(encode(header.value()));
        }
        return line.toString();
    }

    static LogRecord parseRecord(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length < 5) {
            throw new IllegalArgumentException("lacks fields");
        }
        List<LogRecord.Header> headers = new ArrayList<>();
        for (int i = 5; i < fields.length; i++) {
            int equals = fields[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("has a header without a value");
            }
            headers.add(new LogRecord.Header(
                    URLDecoder.decode(fields[i].substring(0, equals), StandardCharsets.UTF_8),
                    decode(fields[i].substring(equals + 1))));
        }
        return new LogRecord(
                Position.parse(fields[1]).orElseThrow(() -> new IllegalArgumentException("names no position")),
                Instant.ofEpochMilli(Long.parseLong(fields[2])),
                decode(fields[3]),
                decode(fields[4]),
                headers);
    }

    static String suspect(String place, String reason) {
        return String.join(
                " ",
                SUSPECT,
                URLEncoder.encode(place, StandardCharsets.UTF_8),
                URLEncoder.encode(reason, StandardCharsets.UTF_8));
    }

    static List<String> parseSuspect(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != 3) {
            throw new IllegalArgumentException("is not what a bundle says");
        }
        return List.of(
                URLDecoder.decode(fields[1], StandardCharsets.UTF_8),
                URLDecoder.decode(fields[2], StandardCharsets.UTF_8));
    }

    private static String encode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return NULL;
        }
        return bytes.length == 0
                ? EMPTY
                : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte @Nullable [] decode(String text) {
        if (text.equals(NULL)) {
            return null;
        }
        byte[] bytes = text.equals(EMPTY) ? new byte[0] : Base64.getUrlDecoder().decode(text);
        if (!encode(bytes).equals(text)) {
            throw new IllegalArgumentException("is not canonical base64url");
        }
        return bytes;
    }
}
