package dev.mandate.sandbox.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process of its own that holds a lock, until it is ended. */
final class LockHolder implements AutoCloseable {

    private final Process process;

    private LockHolder(Process process) {
        this.process = process;
    }

    static LockHolder of(Path file) throws IOException {
        return of(file, false);
    }

    /** Holds it beside others that do. */
    static LockHolder shared(Path file) throws IOException {
        return of(file, true);
    }

    private static LockHolder of(Path file, boolean shared) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LockHolder.class.getName(),
                        file.toString(),
                        String.valueOf(shared))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new IOException("it holds nothing");
        }
        return new LockHolder(process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] arguments) throws Exception {
        try (var channel = FileChannel.open(
                        Path.of(arguments[0]),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                var lock = channel.lock(0, Long.MAX_VALUE, Boolean.parseBoolean(arguments[1]))) {
            System.out.println(lock.isValid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
