package dev.mandate.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One of our applications as an operating-system process. Its environment holds one variable, which names its
 * configuration file; it inherits nothing from the sandbox.
 */
public final class Service implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int LINES_SHOWN = 30;

    private final String name;
    private final Supplier<Program> program;
    private final ServiceDirectory directory;
    private final URI managementUrl;
    private final HttpRequest readiness;
    private volatile Optional<Process> process = Optional.empty();
    private boolean closed;

    /**
     * Describes a process that is not started yet.
     *
     * @param name what to call it in messages
     * @param program says at each start what to run
     * @param directory holds its configuration, already written
     * @param managementPort where it answers for its health
     */
    public Service(String name, Supplier<Program> program, ServiceDirectory directory, int managementPort) {
        this.name = name;
        this.program = program;
        this.directory = directory;
        this.managementUrl = URI.create("http://127.0.0.1:" + managementPort);
        this.readiness = HttpRequest.newBuilder(managementUrl.resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
    }

    /** What to call it in messages. */
    public String name() {
        return name;
    }

    /** Where it answers for its health and metrics. */
    public URI managementUrl() {
        return managementUrl;
    }

    /** Where its output goes. */
    public Path log() {
        return directory.log();
    }

    /** Its process id, if it has been started. */
    public OptionalLong pid() {
        return process.map(running -> OptionalLong.of(running.pid())).orElseGet(OptionalLong::empty);
    }

    /** Whether it has been started and has not ended. */
    public boolean isRunning() {
        return process.map(Process::isAlive).orElse(false);
    }

    /**
     * Starts it; {@link #awaitReady} says when it can be used.
     *
     * @throws IllegalStateException when it runs already, or has been closed
     * @throws UncheckedIOException when the operating system can't start it
     */
    public synchronized void start() {
        if (isRunning() || closed) {
            throw new IllegalStateException(name + (closed ? " is closed" : " runs already"));
        }
        var builder = new ProcessBuilder(program.get().commandLine())
                .directory(directory.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.log().toFile()));
        builder.environment().clear();
        builder.environment()
                .put(
                        "SPRING_CONFIG_ADDITIONAL_LOCATION",
                        directory.configuration().toUri().toString());
        try {
            var started = builder.start();
            process = Optional.of(started);
            // If the sandbox is killed, the next one finds by this what it left behind.
            ProcessIdentity.of(started.toHandle()).write(directory.identity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until it says that it is ready.
     *
     * @throws ServiceFailedException when it ends before, or needs longer; the message shows the end of its log
     */
    public void awaitReady(Duration patience) {
        var running = process.orElseThrow(() -> new IllegalStateException(name + " was not started"));
        long deadline = System.nanoTime() + patience.toNanos();
        try (var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            while (!isReady(client)) {
                if (running.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failed("ended with status " + running.exitValue() + " before it was ready");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw failed("was not ready after " + patience.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for: interrupted");
        }
    }

    /** Kills it at once, as {@code kill -9} does, and returns when it is gone. */
    public void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
    }

    /**
     * Holds it still (SIGSTOP), as a machine that is starved or suspended does. Its connections stay open.
     *
     * @throws IllegalStateException when it does not run
     */
    public void pause() {
        signal("STOP");
    }

    /**
     * Lets it go on (SIGCONT).
     *
     * @throws IllegalStateException when it does not run
     */
    public void resume() {
        signal("CONT");
    }

    /** Asks it to end (SIGTERM), waits, and kills it if it takes too long; it can't be started again. */
    @Override
    public synchronized void close() {
        closed = true;
        process.filter(Process::isAlive).ifPresent(running -> {
            running.destroy();
            try {
                if (!running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    kill();
                }
            } catch (InterruptedException e) {
                kill();
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Java can end processes and no more; each shell can send any signal. */
    private void signal(String signal) {
        var running =
                process.filter(Process::isAlive).orElseThrow(() -> new IllegalStateException(name + " does not run"));
        try {
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + running.pid()).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException(name + " can't be sent SIG" + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean isReady(HttpClient client) throws InterruptedException {
        try {
            return client.send(readiness, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private ServiceFailedException failed(String what) {
        return new ServiceFailedException("%s %s. The end of %s:%n%s".formatted(name, what, log(), endOfLog()));
    }

    private String endOfLog() {
        try {
            var lines = Files.readString(log(), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(it can't be read: " + e.getMessage() + ")";
        }
    }
}
