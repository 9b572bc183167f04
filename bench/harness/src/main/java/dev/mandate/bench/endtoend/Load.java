package dev.mandate.bench.endtoend;

import dev.mandate.bench.stage.Pause;
import dev.mandate.bench.stage.Stage;
import dev.mandate.bench.upstream.Conduct;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;

/** Ways to ask: one after the other, as many as come back, or at a rate that does not care what comes back. */
final class Load {

    private static final Duration BETWEEN = Duration.ofMillis(25);

    private final Stage stage;
    private final Client client;
    private final Random random;

    Load(Stage stage, Client client, Random random) {
        this.stage = stage;
        this.client = client;
        this.random = random;
    }

    /** One request at a time, with a pause before each. */
    Latencies idle(Conduct upstream, int requests) {
        return idle(upstream, requests, _ -> true);
    }

    /** The same for as long as something holds, of how many requests have been made. */
    Latencies idle(Conduct upstream, int requests, IntPredicate goOn) {
        return measured(upstream, latencies -> {
            for (int i = 0; i < requests && goOn.test(i); i++) {
                Pause.of(BETWEEN);
                ask(latencies, System.nanoTime());
            }
        });
    }

    /** So many clients, each of which asks again as soon as it is answered. */
    Latencies full(Conduct upstream, int clients, Duration length) {
        return measured(upstream, latencies -> {
            long end = System.nanoTime() + length.toNanos();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < clients; i++) {
                    threads.execute(() -> {
                        while (System.nanoTime() < end) {
                            ask(latencies, System.nanoTime());
                        }
                    });
                }
            }
        });
    }

    /** Requests that come by chance, so many a second; each is timed from when it was due. */
    Latencies steady(Conduct upstream, double perSecond, Duration length) {
        return measured(upstream, latencies -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                long began = System.nanoTime();
                long due = began;
                while (due - began < length.toNanos()) {
                    long at = due;
                    Pause.of(Duration.ofNanos(Math.max(0, at - System.nanoTime())));
                    threads.execute(() -> ask(latencies, at));
                    due += Math.round(-Math.log(1 - random.nextDouble()) * 1e9 / perSecond);
                }
            }
        });
    }

    private interface Asking {

        void into(Latencies latencies);
    }

    private Latencies measured(Conduct upstream, Asking asking) {
        stage.upstream().reset(upstream);
        var latencies = new Latencies();
        long began = System.nanoTime();
        asking.into(latencies);
        var length = Duration.ofNanos(System.nanoTime() - began);
        var seen = stage.upstream().seen();
        return latencies.over(length, seen.answered() == 0 ? 0 : seen.nanos() / 1e6 / seen.answered());
    }

    private void ask(Latencies latencies, long due) {
        try {
            boolean succeeded = client.ask();
            latencies.add(succeeded, System.nanoTime() - due);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            latencies.add(false, 0);
        }
    }
}
