package dev.mandate.worker.consumption;

import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.signing.RejectionCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the loop counts. Tags hold codes only, never an id or anything else out of a command. */
final class ConsumptionMetrics {

    private final MeterRegistry meters;
    private final Timer commits;
    private final Map<String, AtomicInteger> paying = new HashMap<>();
    private final AtomicInteger open;
    private final AtomicInteger busy;
    private final AtomicInteger partitions;
    private final AtomicInteger hearing;

    ConsumptionMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.commits = Timer.builder("mandate.commits")
                .description("Transactions that append to the journal")
                .publishPercentileHistogram()
                .register(meters);
        this.open = gauge("mandate.open", "Commands that are read and not settled");
        this.busy = gauge("mandate.busy", "Commands that are being verified, decided or executed");
        this.partitions = gauge("mandate.partitions", "Partition numbers that this worker owns");
        this.hearing = gauge(
                "mandate.partitions.hearing", "Partition numbers whose commands with an idempotency key still wait");
    }

    private AtomicInteger gauge(String name, String description) {
        var value = new AtomicInteger();
        Gauge.builder(name, value, AtomicInteger::get).description(description).register(meters);
        return value;
    }

    void now(int openJobs, int busyPlaces, int ownedPartitions) {
        open.set(openJobs);
        busy.set(busyPlaces);
        partitions.set(ownedPartitions);
    }

    /** @param number of how many partition numbers not all of the day has been heard of */
    void hearing(int number) {
        hearing.set(number);
    }

    /** @param waiting by tenant, of those that there are all the time */
    void paying(Map<String, Integer> waiting) {
        waiting.forEach((tenant, count) -> paying.computeIfAbsent(
                        tenant, one -> meters.gauge("mandate.waiting", Tags.of("tenant", one), new AtomicInteger()))
                .set(count));
    }

    void committed(Duration took) {
        commits.record(took);
    }

    void refused() {
        Counter.builder("mandate.commits.refused")
                .description("Transactions that were refused and tried again")
                .register(meters)
                .increment();
    }

    /** @param took from the broker's append to the outcome */
    void ended(OutcomeStatus status, Duration took) {
        Timer.builder("mandate.outcomes")
                .description("Commands by outcome, and how long they took from being appended")
                .tag("outcome", status.name().toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .register(meters)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    /** @param outcome {@code proven}, {@code unproven}, or {@code withheld} where Auth0's log may not be read */
    void doubted(String outcome) {
        Counter.builder("mandate.doubts")
                .description("Writes whose answer was lost and that were looked for in Auth0's own log")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    void quarantined(RejectionCode code) {
        Counter.builder("mandate.quarantined")
                .description("Records that can't be trusted, by reason")
                .tag("reason", code.code())
                .register(meters)
                .increment();
    }

    void repeated(Repeat.Kind kind) {
        Counter.builder("mandate.repeats")
                .description("Later records of commands already seen")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }
}
