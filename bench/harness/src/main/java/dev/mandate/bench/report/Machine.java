package dev.mandate.bench.report;

import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * What it was measured on.
 *
 * @param processor its name
 * @param cores how many of them this process may use
 * @param memoryMegabytes how much there is
 * @param system operating system and version
 * @param java version of the JVM
 * @param loadBefore how many processes wanted a core in the minute before: others' work, if it is above zero
 */
public record Machine(
        String processor, int cores, long memoryMegabytes, String system, String java, double loadBefore) {

    /** This machine, now. */
    public static Machine here() {
        return new Machine(
                field("/proc/cpuinfo", "model name", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replace(" kB", "")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString(),
                load());
    }

    /** The load average of the last minute; -1 where it can't be told. */
    public static double load() {
        var file = Path.of("/proc/loadavg");
        return Files.isReadable(file) ? Double.parseDouble(read(file).split(" ", 2)[0]) : -1;
    }

    ObjectNode toJson() {
        return StrictJson.object()
                .put("processor", processor)
                .put("cores", cores)
                .put("memory_megabytes", memoryMegabytes)
                .put("system", system)
                .put("java", java)
                .put("load_before", loadBefore);
    }

    /** One line, for people. */
    public String inShort() {
        return "%s, %d cores, %d MB, %s, Java %s, load %.2f before"
                .formatted(processor, cores, memoryMegabytes, system, java, loadBefore);
    }

    private static String field(String name, String field, String otherwise) {
        var file = Path.of(name);
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        return read(file)
                .lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
