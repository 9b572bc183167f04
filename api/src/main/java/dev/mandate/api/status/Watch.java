package dev.mandate.api.status;

import dev.mandate.api.log.LogEvent;
import dev.mandate.contracts.journal.Repeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Somebody who waits for a command's outcome. */
final class Watch implements AutoCloseable {

    private final String commandId;
    private final Watches.WatchHelp help;
    private final Consumer<Watch> closed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Repeat.Kind> repeats = new HashMap<>();
    private CommandState state;
    private boolean askAgain;
    private boolean over;

    Watch(String commandId, Watches.WatchHelp help, Consumer<Watch> closed) {
        this.commandId = commandId;
        this.help = help;
        this.closed = closed;
        this.state = CommandState.unknown(commandId);
    }

    String commandId() {
        return commandId;
    }

    /** Something happened to the command. */
    void tell(LogEvent event) {
        if (event instanceof LogEvent.Journaled(var received)
                && received.statement().event() instanceof Repeat repeat) {
            repeated(repeat);
        } else {
            tell(LiveStates.of(event));
        }
    }

    /** It says that the command was there before, so its outcome may lie before this watch began. */
    private void repeated(Repeat repeat) {
        lock.lock();
        try {
            repeats.put(repeat.command().payloadHash(), repeat.kind());
            askAgain = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the journal has called this record a repeat of another with the same id, and of which kind. */
    Optional<Repeat.Kind> repeated(String payloadHash) {
        lock.lock();
        try {
            return Optional.ofNullable(repeats.get(payloadHash));
        } finally {
            lock.unlock();
        }
    }

    /** Whether an outcome is known, and is about this record. */
    static boolean isAbout(CommandState state, String payloadHash) {
        return state.ended()
                .flatMap(CommandState.Ended::payloadHash)
                .filter(payloadHash::equals)
                .isPresent();
    }

    /** There is no time to wait any longer. */
    void end() {
        lock.lock();
        try {
            over = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the command is ended, and known.
     *
     * @return what is known then, or when the time is over
     * @throws InterruptedException when the thread is interrupted
     */
    CommandState await(Duration atMost) throws InterruptedException {
        return await(atMost, Watch::isComplete);
    }

    /**
     * The same for one record of several that may have the command's id: until the outcome is known to be about it, or
     * it is known to be a repeat.
     *
     * @throws InterruptedException as above
     */
    CommandState await(Duration atMost, String payloadHash) throws InterruptedException {
        return await(
                atMost,
                known -> repeated(payloadHash)
                                .filter(Repeat.Kind.CONFLICT::equals)
                                .isPresent()
                        || isComplete(known)
                                && (isAbout(known, payloadHash)
                                        || repeated(payloadHash).isPresent()));
    }

    private CommandState await(Duration atMost, Predicate<CommandState> enough) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            CommandState known = awaitNews(Math.min(left, help.interval().toNanos()), enough);
            if (enough.test(known)) {
                return known;
            }
            help.ask(commandId).ifPresent(this::tell);
            if (isOver() || System.nanoTime() - end >= 0) {
                return known();
            }
        }
    }

    @Override
    public void close() {
        closed.accept(this);
    }

    private void tell(CommandState more) {
        lock.lock();
        try {
            state = state.and(more);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is nothing more to wait for, or a reason to ask the read model. */
    private CommandState awaitNews(long atMostNanos, Predicate<CommandState> enough) throws InterruptedException {
        long nanos = atMostNanos;
        lock.lockInterruptibly();
        try {
            while (!enough.test(state) && !askAgain && !over && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            askAgain = false;
            return state;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    private CommandState known() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isComplete(CommandState state) {
        return state.ended().isPresent() && state.submitted().isPresent();
    }
}
