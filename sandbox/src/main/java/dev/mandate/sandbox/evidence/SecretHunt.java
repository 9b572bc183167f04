package dev.mandate.sandbox.evidence;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a text wherever a sandbox keeps anything: in every record of every topic (the signed claims decoded), in
 * every row of every table, and in every file, be it a log or the broker's or the database's own. It looks for the text
 * as it is, in hexadecimal, and in base64 at any alignment.
 */
public final class SecretHunt {

    private final Sandbox sandbox;
    private final Evidence evidence;

    /** A hunt through this sandbox. */
    public SecretHunt(Sandbox sandbox, Evidence evidence) {
        this.sandbox = sandbox;
        this.evidence = evidence;
    }

    /**
     * What came of a hunt.
     *
     * @param records how many records were looked at
     * @param rows how many rows
     * @param files how many files
     * @param found where it was found
     */
    public record Result(int records, int rows, int files, Set<Place> found) {

        /** How much was looked at. */
        public String looked() {
            return "%d records of all topics, %d rows of all tables, %d files".formatted(records, rows, files);
        }

        /** Where it was found. */
        public String foundIn() {
            return String.join(", ", found.stream().map(Place::toString).toList());
        }

        /** Whether it was found both in a topic and in a table. */
        public boolean isInTopicsAndTables() {
            return found.stream().anyMatch(place -> place.kind().equals(Place.TOPIC))
                    && found.stream().anyMatch(place -> place.kind().equals(Place.TABLE));
        }
    }

    /**
     * A topic, a table or a file.
     *
     * @param kind which of them
     * @param name its name
     */
    public record Place(String kind, String name) {

        static final String TOPIC = "topic";
        static final String TABLE = "table";
        static final String FILE = "file";

        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    /** Looks for a text of at least eight characters. */
    public Result lookFor(String text) {
        var needles = needles(text.getBytes(StandardCharsets.UTF_8));
        var found = new LinkedHashSet<Place>();
        int records = lookIntoTopics(needles, found);
        int rows = lookIntoTables(needles, found);
        int files = lookIntoFiles(needles, found);
        return new Result(records, rows, files, found);
    }

    private int lookIntoTopics(List<byte[]> needles, Set<Place> found) {
        var records = evidence.records();
        for (var record : records) {
            if (holds(everythingOf(record), needles)) {
                found.add(new Place(Place.TOPIC, record.position().topic()));
            }
        }
        return records.size();
    }

    private int lookIntoTables(List<byte[]> needles, Set<Place> found) {
        int rows = 0;
        try (var connection = sandbox.database().connect()) {
            var tables = new ArrayList<String>();
            try (var result = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
                while (result.next()) {
                    tables.add(result.getString("TABLE_NAME"));
                }
            }
            for (var table : tables) {
                try (var statement = connection.createStatement();
                        var result = statement.executeQuery("SELECT t::text FROM \"" + table + "\" t")) {
                    while (result.next()) {
                        rows++;
                        if (holds(result.getString(1).getBytes(StandardCharsets.UTF_8), needles)) {
                            found.add(new Place(Place.TABLE, table));
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database can't be looked into", e);
        }
        return rows;
    }

    private int lookIntoFiles(List<byte[]> needles, Set<Place> found) {
        int files = 0;
        try (var tree = Files.walk(sandbox.path())) {
            for (var file : tree.filter(Files::isRegularFile).toList()) {
                files++;
                if (holds(read(file), needles)) {
                    found.add(new Place(
                            Place.FILE, sandbox.path().relativize(file).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** The database deletes files of its own while it runs. */
    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** Key, value and headers; of a signed value the decoded parts as well, which base64 would hide. */
    private static byte[] everythingOf(LogRecord record) {
        var everything = new ByteArrayOutputStream();
        append(everything, record.key());
        append(everything, record.value());
        for (var header : record.headers()) {
            everything.writeBytes(header.name().getBytes(StandardCharsets.UTF_8));
            append(everything, header.value());
        }
        var value = record.value() == null ? "" : new String(record.value(), StandardCharsets.ISO_8859_1);
        for (var part : value.split("\\.", -1)) {
            try {
                everything.writeBytes(Base64.getUrlDecoder().decode(part));
            } catch (IllegalArgumentException e) {
                // Not base64url, so there is nothing to decode.
            }
        }
        return everything.toByteArray();
    }

    private static void append(ByteArrayOutputStream everything, byte @Nullable [] bytes) {
        if (bytes != null) {
            everything.writeBytes(bytes);
        }
        everything.write(0);
    }

    /** The text in every notation that could hide it from a plain search. */
    private static List<byte[]> needles(byte[] text) {
        var needles = new ArrayList<byte[]>();
        needles.add(text);
        needles.add(HexFormat.of().formatHex(text).getBytes(StandardCharsets.US_ASCII));
        for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int shift = 0; shift < 3; shift++) {
                needles.add(inBase64(text, shift, encoder));
            }
        }
        return needles;
    }

    /** The middle of the base64 of a text that stands that many bytes behind a group's beginning. */
    private static byte[] inBase64(byte[] text, int shift, Base64.Encoder encoder) {
        var shifted = new byte[text.length + shift];
        System.arraycopy(text, 0, shifted, shift, text.length);
        var encoded = encoder.withoutPadding().encodeToString(shifted);
        int mixed = shift == 0 ? 0 : shift + 1;
        int whole = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(mixed, whole).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean holds(byte[] haystack, List<byte[]> needles) {
        var text = new String(haystack, StandardCharsets.ISO_8859_1);
        return needles.stream().anyMatch(needle -> text.contains(new String(needle, StandardCharsets.ISO_8859_1)));
    }
}
