package dev.mandate.contracts.quarantine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Header;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record in the form of hashes, each {@code sha-256:…}: what its copy in quarantine is compared with.
 *
 * @param key hash of the key's bytes; absent if there is none
 * @param value the same of the value
 * @param headers hash of all names and values in their order, each with its length in four bytes before it, and -1 as
 *     the length of a value that is not there
 */
public record Fingerprint(
        @JsonProperty("key") Optional<String> key,
        @JsonProperty("value") Optional<String> value,
        @JsonProperty(value = "headers", required = true) String headers) {

    private static final int ABSENT = -1;

    /** A record's. */
    public static Fingerprint of(LogRecord found) {
        return of(found.key(), found.value(), found.headers());
    }

    static Fingerprint of(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (Header header : headers) {
                write(out, header.name().getBytes(StandardCharsets.UTF_8));
                write(out, header.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Fingerprint(
                Optional.ofNullable(key).map(Hashes::sha256),
                Optional.ofNullable(value).map(Hashes::sha256),
                Hashes.sha256(bytes.toByteArray()));
    }

    private static void write(DataOutputStream out, byte @Nullable [] part) throws IOException {
        out.writeInt(part == null ? ABSENT : part.length);
        if (part != null) {
            out.write(part);
        }
    }
}
