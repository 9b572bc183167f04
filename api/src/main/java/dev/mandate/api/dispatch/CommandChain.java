package dev.mandate.api.dispatch;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/**
 * Signs this run's commands one after another. Each names its number and the hash of the one before, so that whatever
 * is lost on the way leaves a gap.
 */
final class CommandChain {

    private final CommandWriter writer;
    private final String instance;
    private final ReentrantLock lock = new ReentrantLock();

    private long sequence;
    private Optional<String> previous = Optional.empty();

    /** A signed command. */
    record Signed(Command command, OutgoingRecord record) {}

    CommandChain(CommandWriter writer, String instance) {
        this.writer = writer;
        this.instance = instance;
    }

    /** Signs the command that is made for the next place in the chain. If that fails, the place is still free. */
    Signed sign(Function<Chain, Command> draft) {
        lock.lock();
        try {
            Command command = draft.apply(new Chain(instance, sequence + 1, previous));
            OutgoingRecord record = writer.write(command);
            if (record.value().length > CommandReader.MAX_BYTES) {
                throw new ProblemException(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "request.too_large",
                        "Content Too Large",
                        "The signed command would be larger than any may be");
            }
            sequence++;
            previous = Optional.of(record.payloadHash());
            return new Signed(command, record);
        } finally {
            lock.unlock();
        }
    }
}
