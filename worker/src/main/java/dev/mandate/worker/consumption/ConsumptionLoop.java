package dev.mandate.worker.consumption;

import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.signing.RejectionCode;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.worker.limits.TenantGates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: commit what is ready, read what is new, take up what has finished. It never waits for a call. It ends when
 * it is told to, or when it may not go on: another process runs under its name, or the broker refuses it.
 */
final class ConsumptionLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumptionLoop.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(250);

    /**
     * The longest rest after a transaction. The broker still has its markers to write then, and puts off what comes
     * before that is done (KIP-890); and what comes meanwhile shares the next transaction, which costs as much for one
     * record as for many.
     */
    private static final int MAX_REST_MILLIS = 10;

    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final CommandReader reader;
    private final Ledger ledger;
    private final Workshop workshop;
    private final Assignment assignment;
    private final FlowControl flow;
    private final Preparation preparation;
    private final Endings endings;
    private final TenantGates gates;
    private final ConsumptionMetrics metrics;
    private final Duration remembered;
    private final Clock clock;
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean stopping;
    private volatile LoopState state;
    private Instant forgotAt;
    private boolean refused;
    private long restingUntil = System.nanoTime();

    ConsumptionLoop(Parts parts, Duration remembered, Clock clock) {
        this.consumer = parts.consumer();
        this.reader = parts.reader();
        this.ledger = parts.ledger();
        this.workshop = parts.workshop();
        this.assignment = parts.assignment();
        this.flow = parts.flow();
        this.preparation = parts.preparation();
        this.endings = parts.endings();
        this.gates = parts.gates();
        this.metrics = parts.metrics();
        this.remembered = remembered;
        this.clock = clock;
        this.state = LoopState.before(clock.instant());
        this.forgotAt = clock.instant();
    }

    /** What the loop turns. */
    record Parts(
            Consumer<byte[], byte[]> consumer,
            CommandReader reader,
            Ledger ledger,
            Workshop workshop,
            Assignment assignment,
            FlowControl flow,
            Preparation preparation,
            Endings endings,
            TenantGates gates,
            ConsumptionMetrics metrics) {}

    LoopState state() {
        return state;
    }

    /** Has the loop come round. Any thread may call this. */
    void wakeUp() {
        if (polling.get()) {
            consumer.wakeup();
        }
    }

    /** Has the loop let what runs end, give back its partitions, and end. */
    void stop() {
        stopping = true;
        wakeUp();
    }

    @Override
    public void run() {
        String failure = "";
        boolean ended = false;
        try {
            consumer.subscribe(List.copyOf(Topics.COMMAND_TOPICS), assignment);
            while (!stopping) {
                turn();
            }
            LOG.atInfo().log("Loop stopping");
            assignment.giveBack(List.copyOf(assignment.owned()));
            ended = true;
        } catch (RuntimeException e) {
            failure = e.getClass().getSimpleName();
            LOG.atError().setCause(e).log("Loop failed");
        } finally {
            // An Error is no less a failure for not being caught here.
            state = new LoopState(false, clock.instant(), false, 0, 0, ended || !failure.isEmpty() ? failure : "Error");
            close();
        }
    }

    private void turn() {
        workshop.turn();
        reach(() -> {
            ledger.open();
            return true;
        });
        commit();
        workshop.turn();
        flow.adjust(assignment.owned());
        reach(this::poll)
                .ifPresent(records -> records.forEach(
                        record -> assignment.open(record.partition()).ifPresent(home -> read(home, record))));
        report();
    }

    /** Does what needs the broker, and nothing else: trouble of any other kind must not be taken for its absence. */
    private <T> Optional<T> reach(Supplier<T> broker) {
        try {
            return Optional.of(broker.get());
        } catch (ProducerFencedException | AuthorizationException | AuthenticationException e) {
            throw e;
        } catch (WakeupException e) {
            // Something has finished; the next turn takes it up.
        } catch (KafkaException e) {
            assignment.failure().ifPresent(failure -> {
                throw failure;
            });
            LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("Broker can't be reached");
        }
        return Optional.empty();
    }

    private void commit() {
        if (assignment.owned().isEmpty() || !rest().isZero()) {
            return;
        }
        Instant begun = clock.instant();
        int records = ledger.size();
        Ledger.Result result = ledger.commit(assignment.owned(), consumer.groupMetadata());
        if (result != Ledger.Result.NOTHING) {
            // Where little is to be appended little will come, and a rest would only be a delay.
            restingUntil = System.nanoTime()
                    + Duration.ofMillis(Math.clamp(records, 1, MAX_REST_MILLIS)).toNanos();
        }
        refused = result == Ledger.Result.REFUSED;
        switch (result) {
            case NOTHING -> {}
            case COMMITTED -> metrics.committed(Duration.between(begun, clock.instant()));
            case REFUSED -> metrics.refused();
            case UNKNOWN -> assignment.startOver();
        }
    }

    /** How long until the next transaction may begin. */
    private Duration rest() {
        return Duration.ofNanos(Math.max(0, restingUntil - System.nanoTime()));
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        polling.set(true);
        try {
            Duration patience = workshop.hasFinished()
                    ? Duration.ZERO
                    : workshop.idleFor(ledger.isEmpty() || refused ? LONGEST_POLL : rest());
            return consumer.poll(patience);
        } finally {
            polling.set(false);
        }
    }

    /** One record, of which nothing is known but that somebody could write it. */
    private void read(OwnedPartition home, ConsumerRecord<byte[], byte[]> record) {
        LogRecord found = Records.read(record);
        if (record.offset() <= home.tracker(record.topic()).lastRead()) {
            // The log was cut, and the consumer began anew: what was read once is under way or over.
            LOG.atError().addKeyValue("position", found.position()).log("Record read again, and left alone");
            return;
        }
        home.tracker(record.topic()).read(record.offset(), found.appendedAt());
        if (home.index().takeSettled(found.position())) {
            home.settled(found.position());
            return;
        }
        ReceivedCommand received;
        try {
            received = reader.read(found);
        } catch (RejectedException e) {
            endings.quarantined(home, found, e);
            return;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("position", found.position()).setCause(e).log("Unexpected trouble with a record");
            endings.quarantined(
                    home, found, new RejectedException(RejectionCode.CLAIMS_MALFORMED, "It can't be read at all"));
            return;
        }
        home.add(new Job(found, received, home)).ifPresent(preparation::takeUp);
    }

    private void report() {
        Instant now = clock.instant();
        if (now.isAfter(forgotAt.plus(FORGET_EVERY))) {
            forgotAt = now;
            assignment.owned().forEach(home -> home.forget(now, remembered));
        }
        int owned = assignment.owned().size();
        int open =
                assignment.owned().stream().mapToInt(OwnedPartition::openJobs).sum();
        int recovering = (int)
                assignment.owned().stream().filter(home -> !home.isRecovered()).count();
        metrics.now(open, workshop.busy(), owned);
        metrics.hearing((int) assignment.owned().stream()
                .filter(home -> home.index().isHearing())
                .count());
        metrics.paying(workshop.paying());
        assignment.owned().stream()
                .mapToInt(OwnedPartition::partitions)
                .max()
                .ifPresent(all -> gates.share(owned, all));
        boolean joined = ledger.isOpen() && consumer.groupMetadata().generationId() > 0;
        state = new LoopState(true, now, joined, owned, recovering, "");
    }

    private void close() {
        assignment.letGo();
        workshop.close();
        quietly(ledger::close);
        quietly(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(5))));
    }

    private static void quietly(Runnable close) {
        try {
            close.run();
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("Closing failed");
        }
    }
}
