package dev.mandate.api.dispatch;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.CancellationReader;
import dev.mandate.contracts.command.CancellationWriter;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/**
 * Signs this run's commands and cancellations one after another. Each names its number and the hash of the one before,
 * so that whatever is lost on the way leaves a gap.
 */
final class CommandChain {

    private final CommandWriter commands;
    private final CancellationWriter cancellations;
    private final String instance;
    private final ReentrantLock lock = new ReentrantLock();

    private long sequence;
    private Optional<String> previous = Optional.empty();

    /** A signed statement. */
    record Signed<T>(T statement, OutgoingRecord record) {}

    CommandChain(Signer signer, String instance) {
        this.commands = new CommandWriter(signer);
        this.cancellations = new CancellationWriter(signer);
        this.instance = instance;
    }

    /** Signs the command that is made for the next place in the chain. If that fails, the place is still free. */
    Signed<Command> sign(Function<Chain, Command> draft) {
        return sign(draft, commands::write, CommandReader.MAX_BYTES);
    }

    /** The same for a cancellation. */
    Signed<Cancellation> signCancellation(Function<Chain, Cancellation> draft) {
        return sign(draft, cancellations::write, CancellationReader.MAX_BYTES);
    }

    private <T> Signed<T> sign(Function<Chain, T> draft, Function<T, OutgoingRecord> writer, int maxBytes) {
        lock.lock();
        try {
            T statement = draft.apply(new Chain(instance, sequence + 1, previous));
            OutgoingRecord record = writer.apply(statement);
            if (record.value().length > maxBytes) {
                throw new ProblemException(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "request.too_large",
                        "Content Too Large",
                        "What is signed would be larger than any such record may be");
            }
            sequence++;
            previous = Optional.of(record.payloadHash());
            return new Signed<>(statement, record);
        } finally {
            lock.unlock();
        }
    }
}
