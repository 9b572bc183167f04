package dev.mandate.api.dispatch;

import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.command.Cancellation;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.resolution.Resolution;
import dev.mandate.contracts.signing.RejectedException;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.RecordChecks;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Brings what the intake signs into the log, or says that nothing is promised. */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final CommandChain chain;
    private final Broker broker;
    private final UncertainSends uncertain;

    Dispatcher(CommandChain chain, Broker broker, UncertainSends uncertain) {
        this.chain = chain;
        this.broker = broker;
        this.uncertain = uncertain;
    }

    /**
     * The number of partitions of a topic.
     *
     * @throws ProblemException 503 {@code broker.unavailable}
     */
    public int partitions(String topic) {
        try {
            return broker.partitions(topic);
        } catch (NotAcknowledgedException e) {
            throw unavailable(e);
        }
    }

    /**
     * The longest that lies between signing a command and its being appended, if {@link #dispatch} returns it: whatever
     * it takes longer is not acknowledged.
     */
    public Duration longestSend() {
        return broker.longestSend();
    }

    /**
     * Signs and sends one command.
     *
     * @param draft makes the command for its place in the chain; called under a lock, so it must be quick
     * @return once all in-sync replicas have it
     * @throws ProblemException 503 {@code broker.unavailable} when the broker does not acknowledge: nothing is
     *     promised; 503 {@code clock.wrong} when nobody will believe what was signed
     */
    public Dispatched dispatch(Function<Chain, Command> draft) {
        CommandChain.Signed<Command> signed = chain.sign(draft);
        return new Dispatched(signed.statement(), signed.record().payloadHash(), send(signed));
    }

    /**
     * Signs and sends a cancellation.
     *
     * @param draft as above
     * @return once all in-sync replicas have it, the hash of the signed payload
     * @throws ProblemException as above
     */
    public String cancel(Function<Chain, Cancellation> draft) {
        CommandChain.Signed<Cancellation> signed = chain.signCancellation(draft);
        send(signed);
        return signed.record().payloadHash();
    }

    /**
     * Signs and sends one resolution.
     *
     * @param draft as above
     * @return where it was appended, once all in-sync replicas have it
     * @throws ProblemException as above
     */
    public LogRecord.Position dispatchResolution(Function<Chain, Resolution> draft) {
        return send(chain.signResolution(draft));
    }

    /**
     * Signs and sends one command without waiting for the acknowledgement.
     *
     * @param draft as above
     * @param size told how large the record is, before it is sent
     * @return once all in-sync replicas have it, the command; or the {@link ProblemException} as above. Completed by a
     *     thread that must not be held up
     */
    CompletableFuture<Dispatched> dispatchOnly(Function<Chain, Command> draft, IntConsumer size) {
        CommandChain.Signed<Command> signed = chain.sign(draft);
        size.accept(signed.record().value().length);
        CompletableFuture<Broker.Appended> sent;
        try {
            sent = broker.sendOnly(signed.record());
        } catch (RuntimeException e) {
            uncertain.declare(signed.send());
            throw e;
        }
        return sent.exceptionallyCompose(failure -> {
                    uncertain.declare(signed.send());
                    return CompletableFuture.failedFuture(unavailable(failure));
                })
                .thenApply(appended -> {
                    chain.acknowledged(signed);
                    requireTrustworthy(signed, appended);
                    return new Dispatched(signed.statement(), signed.record().payloadHash(), appended.position());
                });
    }

    private LogRecord.Position send(CommandChain.Signed<?> signed) {
        Broker.Appended appended;
        try {
            appended = broker.send(signed.record());
        } catch (NotAcknowledgedException e) {
            uncertain.declare(signed.send());
            throw unavailable(e);
        } catch (RuntimeException e) {
            uncertain.declare(signed.send());
            throw e;
        }
        chain.acknowledged(signed);
        requireTrustworthy(signed, appended);
        return appended.position();
    }

    /** What was signed at another time than it was appended is in the log, and nobody will believe it. */
    private static void requireTrustworthy(CommandChain.Signed<?> signed, Broker.Appended appended) {
        try {
            if (appended.at().isPresent()) {
                RecordChecks.requireFresh(
                        signed.send().signedAt(), appended.at().get());
            }
        } catch (RejectedException e) {
            LOG.atError().log("This machine's clock and the broker's are too far apart for anything to be trusted");
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "clock.wrong",
                    "Service Unavailable",
                    "This instance's clock is wrong, so what it signs is not believed; nothing is promised");
        }
    }

    private static ProblemException unavailable(Throwable e) {
        Throwable cause = e.getCause();
        LOG.atWarn()
                .addKeyValue("errorCode", "broker.unavailable")
                .addKeyValue("reason", cause == null ? "" : cause.getClass().getSimpleName())
                .log("Broker does not acknowledge");
        return Unavailable.problem(
                "It could not be recorded; nothing is promised. Send a command again with the same Idempotency-Key");
    }
}
