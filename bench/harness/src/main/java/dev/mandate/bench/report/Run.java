package dev.mandate.bench.report;

import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Collects what one run has measured, and writes it down for programs. */
public final class Run {

    private final ObjectNode json = StrictJson.object();
    private final ObjectNode workloads;

    /**
     * Nothing yet.
     *
     * @param mode quick or full
     * @param versions of what is measured, by name
     */
    public Run(Machine machine, Instant began, String mode, long seed, Map<String, String> versions) {
        json.put("began", began.toString()).put("mode", mode).put("seed", seed);
        json.set("machine", machine.toJson());
        var listed = json.putObject("versions");
        versions.forEach(listed::put);
        workloads = json.putObject("workloads");
    }

    /** Adds a workload. */
    public void add(String name, Workload.Measured measured) {
        workloads.set(name, measured.json());
    }

    /**
     * Writes all of it.
     *
     * @throws UncheckedIOException when the file can't be written
     */
    public void write(Path file, Instant ended) {
        json.put("ended", ended.toString()).put("load_after", Machine.load());
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
