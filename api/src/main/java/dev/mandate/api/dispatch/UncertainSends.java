package dev.mandate.api.dispatch;

import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.UncertainSend;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.signing.Hashes;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.signing.StatementType;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.EventHeaders;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Partitioning;
import dev.mandate.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements that were signed but not acknowledged. They may be in the log or not; the control topic is told so,
 * signed, as soon as the broker answers again, and an auditor can tell an accident from a gap that somebody made.
 */
final class UncertainSends implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UncertainSends.class);
    private static final int CAPACITY = 100_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Broker broker;
    private final Signer signer;
    private final Clock clock;
    private final LinkedBlockingQueue<Send> undeclared = new LinkedBlockingQueue<>(CAPACITY);
    private final Thread worker;

    /**
     * A statement that was signed and sent.
     *
     * @param issuer the intake
     * @param command the command that it is, or is about
     * @param chain its number
     * @param bind where it was sent
     */
    record Send(String issuer, CommandId command, Chain chain, Bind bind) {}

    UncertainSends(Broker broker, Signer signer, Clock clock) {
        this.broker = broker;
        this.signer = signer;
        this.clock = clock;
        this.worker = Thread.ofVirtual().name("uncertain-sends").unstarted(this::run);
    }

    void start() {
        worker.start();
    }

    /** Remembers a send to be declared. */
    void declare(Send send) {
        if (!undeclared.offer(send)) {
            LOG.atError()
                    .addKeyValue("commandId", send.command())
                    .log("Too many uncertain sends, one stays undeclared");
        }
    }

    /** How many are not declared yet. */
    int pending() {
        return undeclared.size();
    }

    @Override
    public void close() {
        worker.interrupt();
        if (!undeclared.isEmpty()) {
            LOG.atWarn().addKeyValue("count", undeclared.size()).log("Stopping with uncertain sends undeclared");
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Send next = undeclared.take();
                while (!send(next)) {
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean send(Send send) {
        try {
            int partitions = broker.partitions(Topics.CONTROL);
            broker.send(record(send, partitions));
            LOG.atInfo().addKeyValue("commandId", send.command()).log("Uncertain send declared");
            return true;
        } catch (NotAcknowledgedException | IllegalStateException e) {
            return false; // again after a pause
        }
    }

    private OutgoingRecord record(Send send, int partitions) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var statement = new UncertainSend(send.issuer(), now, send.command(), send.chain(), send.bind());
        byte[] payload = StrictJson.write(statement);
        String key = send.chain().instance();
        return new OutgoingRecord(
                new Bind(Topics.CONTROL, Partitioning.partition(key, partitions), key),
                signer.sign(StatementType.CONTROL, payload).getBytes(StandardCharsets.US_ASCII),
                new EventHeaders(
                                send.command().value(),
                                send.issuer(),
                                StatementType.CONTROL.typ(),
                                send.bind().key(),
                                now,
                                StatementType.CONTROL)
                        .toHeaders(),
                Hashes.sha256(payload));
    }
}
