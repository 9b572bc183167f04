package dev.mandate.sandbox.process;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * One process's own place: the file with its configuration, its secrets and keys, its log. Only its user may look
 * inside.
 *
 * @param path the directory
 */
public record ServiceDirectory(Path path) {

    /**
     * Makes the directory, with mode 0700.
     *
     * @throws UncheckedIOException when it can't be made
     */
    public static ServiceDirectory create(Path path) {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new ServiceDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file or directory of this name inside. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Where the configuration is, once it is written. */
    public Path configuration() {
        return resolve("application.properties");
    }

    /** Where the process's output goes. */
    public Path log() {
        return resolve("log");
    }

    /** Where it is written down which process this is. */
    public Path identity() {
        return resolve("process");
    }

    /**
     * Writes the configuration as a properties file of mode 0600.
     *
     * @throws UncheckedIOException when it can't be written
     */
    public void configure(Map<String, String> settings) {
        var text = new StringBuilder();
        new TreeMap<>(settings).forEach((name, value) -> text.append(line(name, value)));
        writeSecret("application.properties", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a file of mode 0600 and says where it is.
     *
     * @throws UncheckedIOException when it can't be written
     */
    public Path writeSecret(String name, byte[] content) {
        var file = resolve(name);
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One entry, escaped by the JDK's own writer, without the date that it puts on top. */
    private static String line(String name, String value) {
        var entry = new Properties();
        entry.setProperty(name, value);
        var out = new StringWriter();
        try {
            entry.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .findFirst()
                        .orElseThrow() + "\n";
    }
}
