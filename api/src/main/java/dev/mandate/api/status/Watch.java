package dev.mandate.api.status;

import dev.mandate.api.log.LogEvent;
import dev.mandate.contracts.journal.Repeat;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Somebody who waits for a command's outcome. */
final class Watch implements AutoCloseable {

    private final String commandId;
    private final Watches.WatchHelp help;
    private final Consumer<Watch> closed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
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
        // A repeat says that the command was there before, so its outcome may lie before this watch began.
        boolean repeated = event instanceof LogEvent.Journaled(var received)
                && received.statement().event() instanceof Repeat;
        tell(LiveStates.of(event), repeated);
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
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            CommandState known = awaitNews(Math.min(left, help.interval().toNanos()));
            if (isComplete(known)) {
                return known;
            }
            help.ask(commandId).ifPresent(asked -> tell(asked, false));
            if (isOver() || System.nanoTime() - end >= 0) {
                return known();
            }
        }
    }

    @Override
    public void close() {
        closed.accept(this);
    }

    private void tell(CommandState more, boolean ask) {
        lock.lock();
        try {
            state = state.and(more);
            askAgain |= ask;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is nothing more to wait for, or a reason to ask the read model. */
    private CommandState awaitNews(long atMostNanos) throws InterruptedException {
        long nanos = atMostNanos;
        lock.lockInterruptibly();
        try {
            while (!isComplete(state) && !askAgain && !over && nanos > 0) {
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
