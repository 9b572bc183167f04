package dev.mandate.api.dispatch;

import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.Bind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements that were signed but not acknowledged. They may be in the log or not; the control topic is told so,
 * signed, as soon as the broker answers again, and an auditor can tell an accident from a gap that somebody made.
 */
final class UncertainSends implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UncertainSends.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ControlStatements statements;
    private final OpenNumbers open;
    private final LinkedBlockingQueue<Send> undeclared = new LinkedBlockingQueue<>();
    private final Thread worker;

    /**
     * A statement that was signed and sent.
     *
     * @param command the command that it is, or is about
     * @param chain its number
     * @param bind where it was sent
     * @param signedAt when it was signed
     */
    record Send(CommandId command, Chain chain, Bind bind, Instant signedAt) {}

    UncertainSends(ControlStatements statements, OpenNumbers open) {
        this.statements = statements;
        this.open = open;
        this.worker = Thread.ofVirtual().name("uncertain-sends").unstarted(this::run);
    }

    void start() {
        worker.start();
    }

    /** Remembers a send to be declared. There are never many, since no more is signed while one is old. */
    void declare(Send send) {
        undeclared.add(send);
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
            statements.uncertain(send);
            open.settled(send.chain().sequence());
            LOG.atInfo().addKeyValue("commandId", send.command()).log("Uncertain send declared");
            return true;
        } catch (NotAcknowledgedException | IllegalStateException e) {
            return false; // again after a pause
        }
    }
}
