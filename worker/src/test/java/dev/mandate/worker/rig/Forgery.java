package dev.mandate.worker.rig;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bends records after they were signed, as somebody would who can write to the broker. */
public final class Forgery {

    private Forgery() {}

    /** The record with its JWS changed. */
    public static OutgoingRecord bend(OutgoingRecord record, UnaryOperator<String> change) {
        return with(record, change.apply(text(record.value())).getBytes(StandardCharsets.UTF_8));
    }

    /** The record with another value under the same headers. */
    public static OutgoingRecord with(OutgoingRecord record, byte[] value) {
        return new OutgoingRecord(record.bind(), value, record.headers(), record.payloadHash());
    }

    /** One of the three parts of a compact JWS. */
    public static String part(String jws, int number) {
        return jws.split("\\.", -1)[number];
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The headers with one of them given another value. */
    public static List<LogRecord.Header> changed(List<LogRecord.Header> headers, String name, byte[] value) {
        return headers.stream()
                .map(header -> header.name().equals(name) ? new LogRecord.Header(name, value) : header)
                .toList();
    }

    /** The headers with one more. */
    public static List<LogRecord.Header> plus(List<LogRecord.Header> headers, String name, byte[] value) {
        List<LogRecord.Header> more = new ArrayList<>(headers);
        more.add(new LogRecord.Header(name, value));
        return more;
    }

    public static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
