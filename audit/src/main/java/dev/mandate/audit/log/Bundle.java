package dev.mandate.audit.log;

import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A copy of the topics in one file, which anybody who has the public keys can check: {@link BundleFormat}. */
public final class Bundle implements Log {

    /** Longer than any record that a broker takes by default, several times over. */
    private static final int MAX_LINE = 16 * 1024 * 1024;

    private final InputStream file;
    private final MessageDigest digest = sha256();
    private final Extent extent;
    private byte[] current = {};
    private String next;
    private long lines;
    private long records;

    private Bundle(InputStream file) throws IOException {
        this.file = file;
        var seenAt = BundleFormat.parseHeader(line());
        var ranges = new ArrayList<Extent.Range>();
        next = line();
        while (next.startsWith(BundleFormat.RANGE + " ")) {
            ranges.add(BundleFormat.parseRange(next));
            next = line();
        }
        this.extent = new Extent(seenAt, ranges);
    }

    /**
     * Opens a bundle and reads its beginning.
     *
     * @throws LogUnreadableException when the file can't be read or is no bundle
     */
    public static Bundle open(Path path) {
        InputStream file;
        try {
            file = new BufferedInputStream(Files.newInputStream(path));
        } catch (NoSuchFileException e) {
            throw new LogUnreadableException("There is no bundle " + path + ".", e);
        } catch (IOException e) {
            throw new LogUnreadableException("The bundle " + path + " can't be opened; may you read it?", e);
        }
        try {
            return new Bundle(file);
        } catch (IOException | IllegalArgumentException e) {
            closeQuietly(file);
            throw new LogUnreadableException(path + " " + e.getMessage(), e);
        }
    }

    /**
     * Copies a log into a file, which appears when it is complete.
     *
     * @return how many records it holds
     * @throws LogUnreadableException when the log can't be read
     * @throws IOException when the file can't be written
     */
    public static long write(Log log, Path path) throws IOException {
        Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), ".bundle", "");
        try {
            long count;
            try (var out = new BufferedOutputStream(Files.newOutputStream(draft))) {
                var writer = new Writer(out);
                writer.line(BundleFormat.header(log.extent()));
                log.extent().ranges().forEach(range -> writer.line(BundleFormat.range(range)));
                log.read(writer);
                count = writer.end();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public Extent extent() {
        return extent;
    }

    @Override
    public void read(Reader reader) {
        try {
            String line = next;
            while (line != null && !line.startsWith(BundleFormat.END + " ")) {
                hand(line, reader);
                line = rawLine();
            }
            finish(line, reader);
        } catch (IOException e) {
            throw new LogUnreadableException("The bundle can't be read to its end: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        closeQuietly(file);
    }

    private void hand(String line, Reader reader) {
        try {
            if (line.startsWith(BundleFormat.RECORD + " ")) {
                LogRecord found = BundleFormat.parseRecord(line);
                records++;
                reader.record(found);
            } else {
                List<String> suspect = BundleFormat.parseSuspect(line);
                reader.suspect(suspect.getFirst(), suspect.getLast());
            }
        } catch (IllegalArgumentException e) {
            records++;
            reader.suspect(place(line), "The bundle is damaged here: line " + lines + " can't be read");
        }
    }

    /** The position with which a line of a record begins, however damaged the rest is. */
    private String place(String line) {
        String[] fields = line.split(" ", 3);
        return Position.parse(fields.length == 3 ? fields[1] : "")
                .map(Position::toString)
                .orElse("line " + lines);
    }

    private void finish(@Nullable String end, Reader reader) throws IOException {
        if (end == null) {
            reader.suspect("line " + lines, "The bundle ends before its end: it was cut off");
        } else if (!end.equals(end(records, digest))) {
            reader.suspect("line " + lines, "The bundle was altered after it was exported: count or hash differ");
        } else if (rawLine() != null) {
            reader.suspect("line " + lines, "Something follows the bundle's end");
        }
    }

    private static String end(long records, MessageDigest digest) {
        return BundleFormat.END + " " + records + " sha-256:" + HexFormat.of().formatHex(digest.digest());
    }

    private String line() throws IOException {
        String line = rawLine();
        if (line == null) {
            throw new IllegalArgumentException("ends before its end");
        }
        return line;
    }

    /** The next line, or null after the last; the digest then covers all lines before it. */
    private @Nullable String rawLine() throws IOException {
        digest.update(current);
        var bytes = new ByteArrayOutputStream();
        int b = file.read();
        while (b >= 0 && b != '\n') {
            if (bytes.size() == MAX_LINE) {
                throw new IOException("line " + (lines + 1) + " is too long");
            }
            bytes.write(b);
            b = file.read();
        }
        if (b < 0 && bytes.size() == 0) {
            return null;
        }
        lines++;
        String line = bytes.toString(StandardCharsets.ISO_8859_1);
        bytes.write('\n');
        current = bytes.toByteArray();
        return line;
    }

    private static void closeQuietly(InputStream file) {
        try {
            file.close();
        } catch (IOException e) {
            // It was only read.
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static final class Writer implements Reader {

        private final OutputStream out;
        private final MessageDigest digest = sha256();
        private long records;

        Writer(OutputStream out) {
            this.out = out;
        }

        @Override
        public void record(LogRecord record) {
            records++;
            line(BundleFormat.record(record));
        }

        @Override
        public void suspect(String place, String reason) {
            line(BundleFormat.suspect(place, reason));
        }

        void line(String text) {
            byte[] bytes = (text + "\n").getBytes(StandardCharsets.US_ASCII);
            digest.update(bytes);
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        long end() {
            line(Bundle.end(records, digest));
            return records;
        }
    }
}
