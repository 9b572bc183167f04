package dev.mandate.worker.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs spin on the model, two at a time. Most of the time goes into the C compiler, so it is not told to optimize: that
 * takes ten times as long, and saves a second of the longest run.
 */
final class ModelChecker implements AutoCloseable {

    private static final Path MODEL =
            Path.of("..", "docs", "model", "journal.pml").toAbsolutePath().normalize();

    /** For each step of a run; the longest takes seconds where nothing else is going on. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path directory;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Map<String, CompletableFuture<String>> runs = new LinkedHashMap<>();

    /** What is checked. */
    enum Properties {
        /** Assertions, and that every command gets its outcome. */
        ALL(List.of(), List.of("-a")),
        /** Assertions alone. */
        ASSERTIONS(List.of("-DSAFETY", "-DNOCLAIM"), List.of());

        private final List<String> compiling;
        private final List<String> running;

        Properties(List<String> compiling, List<String> running) {
            this.compiling = compiling;
            this.running = running;
        }
    }

    /** @param directory where each run has one of its own */
    ModelChecker(Path directory) {
        this.directory = directory;
    }

    static boolean isInstalled() {
        return Stream.of("spin", "cc")
                .allMatch(tool -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, tool))));
    }

    /** Has the model checked, with these options for its preprocessor. */
    void begin(String options, Properties properties) {
        Path here = directory.resolve(String.valueOf(runs.size()));
        runs.put(options, CompletableFuture.supplyAsync(() -> check(here, options, properties), threads));
    }

    /**
     * What the checker said of a run, once it is over.
     *
     * @throws CompletionException when a tool failed, or took too long
     */
    String said(String options) {
        return runs.get(options).join();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static String check(Path here, String options, Properties properties) {
        try {
            Files.createDirectory(here);
            run(here, "spin", Arrays.asList(options.split(" ")), List.of("-a", MODEL.toString()));
            run(here, "cc", properties.compiling, List.of("-O0", "-w", "-o", "pan", "pan.c"));
            return run(here, "./pan", properties.running, List.of("-n", "-m100000"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(options, e);
        }
    }

    private static String run(Path here, String tool, List<String> first, List<String> then)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(first);
        command.addAll(then);
        Path output = Files.createTempFile(here, "said", ".txt");
        var process = new ProcessBuilder(command)
                .directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("After " + LIMIT + " still running: " + command);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " said: " + said);
        }
        return said;
    }
}
