package dev.mandate.bench.stage;

import dev.mandate.sandbox.process.Program;
import dev.mandate.sandbox.process.Service;
import dev.mandate.sandbox.process.ServiceDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A process of a measurement. All of them run on the same JVM with the same options, the optimizing compiler and the
 * parallel collector among them, as a server would in production.
 */
public final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** After the sandbox's own options, which suit a demo: the last one of a name counts. */
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseParallelGC", "-Xms256m", "-Xmx768m");

    private final ServiceDirectory directory;
    private final Service service;

    private Child(ServiceDirectory directory, Service service) {
        this.directory = directory;
        this.service = service;
    }

    /** A class of a class path, not started yet, in a directory that holds its settings. */
    static Child of(String name, ServiceDirectory directory, String classPath, String main, String... arguments) {
        var line = new ArrayList<>(OPTIONS);
        line.addAll(List.of("-cp", classPath, main));
        line.addAll(List.of(arguments));
        var program = new Program(line);
        return new Child(directory, new Service(name, () -> program, directory, 0));
    }

    /** One of our applications, not started yet. */
    static Child of(String name, ServiceDirectory directory, Supplier<Program> application, int managementPort) {
        return new Child(
                directory,
                new Service(
                        name,
                        () -> {
                            var line = new ArrayList<>(OPTIONS);
                            line.addAll(application.get().arguments());
                            return new Program(line);
                        },
                        directory,
                        managementPort));
    }

    /** What it is called. */
    public String name() {
        return service.name();
    }

    /** Its place. */
    ServiceDirectory directory() {
        return directory;
    }

    /** Its working directory. */
    public Path path() {
        return directory.path();
    }

    /** Starts it and does not wait. */
    public Child start() {
        service.start();
        return this;
    }

    /** Starts one of our applications and waits until it says that it is ready. */
    Child startReady() {
        service.start();
        service.awaitReady(PATIENCE);
        return this;
    }

    /**
     * Starts it and waits until it has made a file named {@code ready}.
     *
     * @throws IllegalStateException when it does not
     */
    Child startMarked() {
        service.start();
        await("ready", PATIENCE);
        return this;
    }

    /**
     * Waits until it has made a file of this name in its directory, and says where it is.
     *
     * @throws IllegalStateException when it does not
     */
    public Path await(String file, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Files.exists(directory.resolve(file))) {
            if (!service.isRunning() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(service.name() + " makes no " + file + "; its log is " + service.log());
            }
            Pause.of(BETWEEN_LOOKS);
        }
        return directory.resolve(file);
    }

    /** Its process id, of the run that was started last; -1 when it was never started. */
    public long pid() {
        return service.pid().orElse(-1);
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return service.isRunning();
    }

    /** Where its output is. */
    public String log() {
        return service.log().toString();
    }

    /** The processor time that it has taken so far, in user and system mode; zero when it does not run. */
    public Duration cpu() {
        var pid = service.pid();
        return pid.isEmpty()
                ? Duration.ZERO
                : ProcessHandle.of(pid.getAsLong())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO);
    }

    /** Kills it at once. */
    public void kill() {
        service.kill();
    }

    /** Ends it and waits until it has ended. */
    @Override
    public void close() {
        service.close();
    }
}
