package dev.mandate.api.dispatch;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.CancellationReader;
import dev.mandate.contracts.command.CancellationWriter;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandReader;
import dev.mandate.contracts.command.CommandWriter;
import dev.mandate.contracts.command.RunEnd;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.resolution.ResolutionReader;
import dev.mandate.contracts.resolution.ResolutionWriter;
import dev.mandate.contracts.signing.Signer;
import dev.mandate.contracts.topic.OutgoingRecord;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.http.HttpStatus;

/**
 * Signs what this run states, one after another: commands, and people's words on them. Each names its number and the
 * hash of the one before, so that whatever is lost on the way leaves a gap.
 */
final class CommandChain {

    private final CommandWriter commands;
    private final CancellationWriter cancellations;
    private final ResolutionWriter resolutions;
    private final String instance;
    private final OpenNumbers open;
    private final ReentrantLock lock = new ReentrantLock();

    private long sequence;
    private boolean ended;
    private Optional<String> previous = Optional.empty();

    /**
     * A signed statement.
     *
     * @param send what is declared if nobody knows whether the broker took it
     */
    record Signed<T>(T statement, OutgoingRecord record, UncertainSends.Send send) {}

    CommandChain(Signer signer, String instance, OpenNumbers open) {
        this.commands = new CommandWriter(signer);
        this.cancellations = new CancellationWriter(signer);
        this.resolutions = new ResolutionWriter(signer);
        this.instance = instance;
        this.open = open;
    }

    /**
     * Signs the command that is made for the next place in the chain. If that fails, the place is still free.
     *
     * @throws ProblemException 503 {@code broker.unavailable} when too long nothing is known of an earlier one
     */
    Signed<Command> sign(Function<Chain, Command> draft) {
        return sign(
                draft,
                commands::write,
                CommandReader.MAX_BYTES,
                command -> new UncertainSends.Send(command.id(), command.chain(), command.bind(), command.issuedAt()));
    }

    /** As above, a cancellation. */
    Signed<Cancellation> signCancellation(Function<Chain, Cancellation> draft) {
        return sign(
                draft,
                cancellations::write,
                CancellationReader.MAX_BYTES,
                cancellation -> new UncertainSends.Send(
                        cancellation.id(), cancellation.chain(), cancellation.bind(), cancellation.issuedAt()));
    }

    /** As above, a resolution. */
    Signed<Resolution> signResolution(Function<Chain, Resolution> draft) {
        return sign(
                draft,
                resolutions::write,
                ResolutionReader.MAX_BYTES,
                resolution -> new UncertainSends.Send(
                        resolution.command().id(), resolution.chain(), resolution.bind(), resolution.issuedAt()));
    }

    /** The broker has it. */
    void acknowledged(Signed<?> signed) {
        open.settled(signed.send().chain().sequence());
    }

    /** Gives no more numbers, and tells the last; empty if none was given, or it was ended before. */
    Optional<RunEnd.Last> end() {
        lock.lock();
        try {
            boolean before = ended;
            ended = true;
            return before ? Optional.empty() : previous.map(hash -> new RunEnd.Last(instance, sequence, hash));
        } finally {
            lock.unlock();
        }
    }

    private <T> Signed<T> sign(
            Function<Chain, T> draft,
            Function<T, OutgoingRecord> write,
            int maxBytes,
            Function<T, UncertainSends.Send> uncertain) {
        lock.lock();
        try {
            T statement = draft.apply(new Chain(instance, sequence + 1, previous));
            OutgoingRecord record = write.apply(statement);
            if (record.value().length > maxBytes) {
                throw new ProblemException(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "request.too_large",
                        "Content Too Large",
                        "What would be signed is larger than any such statement may be");
            }
            UncertainSends.Send send = uncertain.apply(statement);
            if (ended || !open.permit(send.signedAt())) {
                throw Unavailable.problem("It is not known yet what became of earlier ones; nothing was done");
            }
            sequence++;
            previous = Optional.of(record.payloadHash());
            open.given(sequence, send.signedAt());
            return new Signed<>(statement, record, send);
        } finally {
            lock.unlock();
        }
    }
}
