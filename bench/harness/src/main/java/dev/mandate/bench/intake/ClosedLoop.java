package dev.mandate.bench.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** So many clients, each of which asks again as soon as it is answered. */
final class ClosedLoop {

    private static final double MILLIS = 1e6;

    private final List<Asker> askers;
    private final ProcessHandle server;

    /** @param server whose processor time counts */
    ClosedLoop(List<Asker> askers, ProcessHandle server) {
        this.askers = List.copyOf(askers);
        this.server = server;
    }

    /** Lets all of them ask for this long; what is under way then is waited for, and counts. */
    Round run(Duration length) {
        var refused = new LongAdder();
        List<LongStream.Builder> latencies = new ArrayList<>();
        double serverBefore = cpu(server);
        double clientBefore = cpu(ProcessHandle.current());
        long began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var asker : askers) {
                var own = LongStream.builder();
                latencies.add(own);
                threads.execute(() -> ask(asker, began + length.toNanos(), own, refused));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        double serverCpu = cpu(server) - serverBefore;
        double clientCpu = cpu(ProcessHandle.current()) - clientBefore;
        var sorted = latencies.stream()
                .flatMapToLong(LongStream.Builder::build)
                .sorted()
                .toArray();
        return new Round(
                sorted.length,
                refused.sum(),
                seconds,
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                serverCpu,
                clientCpu);
    }

    private static void ask(Asker asker, long until, LongStream.Builder latencies, LongAdder refused) {
        try {
            for (long asked = System.nanoTime(); asked - until < 0; asked = System.nanoTime()) {
                if (asker.ask()) {
                    latencies.add(System.nanoTime() - asked);
                } else {
                    refused.increment();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double quantile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / MILLIS;
    }

    private static double cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / MILLIS;
    }
}
