package dev.mandate.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How an opponent that keeps its own queue is given work: it is held, puts a file of orders into its queue, and is let
 * go when the harness says so. So it has all of them at once, and putting them there is no part of what is measured.
 */
public final class Inbox {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private Inbox() {}

    /**
     * Serves until the process is ended.
     *
     * @param hold makes it begin nothing new
     * @param queue puts orders, each as JSON, into its queue
     * @param letGo makes it work
     */
    public static void serve(Runnable hold, Consumer<List<String>> queue, Runnable letGo) {
        for (int number = 1; true; number++) {
            var orders = Path.of("orders-" + number);
            await(orders);
            hold.run();
            try {
                queue.accept(Files.readAllLines(orders, StandardCharsets.UTF_8));
                Files.delete(orders);
                Files.createFile(Path.of("queued-" + number));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            await(Path.of("go-" + number));
            letGo.run();
        }
    }

    private static void await(Path file) {
        try {
            while (!Files.exists(file)) {
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
