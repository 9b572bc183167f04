package dev.mandate.api.dispatch;

import dev.mandate.contracts.command.RunEnd;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the process is told to stop, says which number was the last, so that not even the end of the run can be cut off
 * unseen. It is said only when it is known or declared what became of every number.
 */
final class OrderlyEnd implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OrderlyEnd.class);

    private final CommandChain chain;
    private final OpenNumbers open;
    private final ControlStatements statements;
    private final Duration patience;

    /** @param patience how long to wait for what is not known yet */
    OrderlyEnd(CommandChain chain, OpenNumbers open, ControlStatements statements, Duration patience) {
        this.chain = chain;
        this.open = open;
        this.statements = statements;
        this.patience = patience;
    }

    @Override
    public void close() {
        Optional<RunEnd.Last> last = chain.end();
        if (last.isEmpty()) {
            return;
        }
        try {
            if (open.awaitNone(patience)) {
                statements.ended(last.get());
                return;
            }
        } catch (NotAcknowledgedException | IllegalStateException e) {
            LOG.atDebug().setCause(e).log("The end of the run can't be declared");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.atWarn().log("Stopping without having declared the end of the run");
    }
}
