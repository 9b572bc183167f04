package dev.mandate.sandbox.evidence;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for words wherever a sandbox keeps or tells anything: in every record of every topic (the signed claims
 * decoded), in every row of every table, in every file, be it a log or the broker's or the database's own, and in the
 * metrics that its processes publish. It sees through {@link Disguises}.
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
     * @param pages how many pages of metrics
     * @param found which words were found where
     */
    public record Result(int records, int rows, int files, int pages, Map<Place, Set<String>> found) {

        /** How much was looked at. */
        public String looked() {
            return "%d records of all topics, %d rows of all tables, %d files, %d pages of metrics"
                    .formatted(records, rows, files, pages);
        }

        /** Where it was found. */
        public String foundIn() {
            return String.join(
                    ", ", found.keySet().stream().map(Place::toString).toList());
        }

        /** The words that were found in places of a kind. */
        public Set<String> wordsIn(Kind kind) {
            return found.entrySet().stream()
                    .filter(entry -> entry.getKey().kind() == kind)
                    .flatMap(entry -> entry.getValue().stream())
                    .collect(Collectors.toSet());
        }
    }

    /** What can hold a word. */
    public enum Kind {
        /** A topic. */
        TOPIC,
        /** A table of the database. */
        TABLE,
        /** A file. */
        FILE,
        /** A page of metrics. */
        PAGE
    }

    /**
     * A topic, a table, a file or a page.
     *
     * @param kind which of them
     * @param name its name
     */
    public record Place(Kind kind, String name) {

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + " " + name;
        }
    }

    /** Looks for a text of at least eight characters. */
    public Result lookFor(String text) {
        return lookFor(List.of(new Disguises(text, text.length())));
    }

    /** Looks for words, however many, that begin in one of these ways. */
    public Result lookFor(List<Disguises> words) {
        var found = new Found(words, new LinkedHashMap<>());
        int records = lookIntoTopics(found);
        int rows = lookIntoTables(found);
        int files = lookIntoFiles(found);
        int pages = lookIntoPages(found);
        return new Result(records, rows, files, pages, found.places);
    }

    private record Found(List<Disguises> words, Map<Place, Set<String>> places) {

        void in(Kind kind, String name, byte[] haystack) {
            var there =
                    words.stream().flatMap(each -> each.in(haystack).stream()).toList();
            if (!there.isEmpty()) {
                places.computeIfAbsent(new Place(kind, name), _ -> new TreeSet<>())
                        .addAll(there);
            }
        }
    }

    private int lookIntoTopics(Found found) {
        var records = evidence.records();
        for (var record : records) {
            found.in(Kind.TOPIC, record.position().topic(), everythingOf(record));
        }
        return records.size();
    }

    private int lookIntoTables(Found found) {
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
                        found.in(Kind.TABLE, table, result.getString(1).getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database can't be looked into", e);
        }
        return rows;
    }

    private int lookIntoFiles(Found found) {
        int files = 0;
        try (var tree = Files.walk(sandbox.path())) {
            for (var file : tree.filter(Files::isRegularFile).toList()) {
                files++;
                found.in(Kind.FILE, sandbox.path().relativize(file).toString(), read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private int lookIntoPages(Found found) {
        var services = new ArrayList<>(sandbox.workers());
        services.add(sandbox.api().service());
        try (var http = HttpClient.newHttpClient()) {
            for (var service : services) {
                var page = service.managementUrl().resolve("/actuator/prometheus");
                var answer = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(page + ": " + answer.statusCode());
                }
                found.in(Kind.PAGE, service.name(), answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return services.size();
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
}
