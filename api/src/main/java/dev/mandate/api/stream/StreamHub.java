package dev.mandate.api.stream;

import dev.mandate.api.log.CommandOwners;
import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.log.LiveEvent;
import dev.mandate.api.log.LiveListener;
import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.LogUnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Hands what arrives live to the streams that it concerns. */
final class StreamHub implements LiveListener {

    private final CommandOwners owners;
    private final int buffer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Subscription> subscriptions = new HashSet<>();
    private @Nullable LogPositions positions;
    private boolean ending;

    StreamHub(CommandOwners owners, int buffer) {
        this.owners = owners;
        this.buffer = buffer;
    }

    /** Joins: whatever arrives from now on is handed on. Empty as long as the log is not being followed. */
    Optional<Subscription> join(Scope scope) {
        lock.lock();
        try {
            if (positions == null) {
                return Optional.empty();
            }
            var subscription = new Subscription(scope, positions, this, buffer);
            subscriptions.add(subscription);
            if (ending) {
                subscription.cut(EndReason.SHUTDOWN);
            }
            return Optional.of(subscription);
        } finally {
            lock.unlock();
        }
    }

    void leave(Subscription subscription) {
        lock.lock();
        try {
            subscriptions.remove(subscription);
        } finally {
            lock.unlock();
        }
    }

    /** Where the follower stands, if the condition holds at this very moment. */
    Optional<LogPositions> positionsIf(BooleanSupplier condition) {
        lock.lock();
        try {
            return condition.getAsBoolean() ? Optional.ofNullable(positions) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void arrived(List<LiveEvent> events, LogPositions reached) {
        lock.lock();
        try {
            if (!subscriptions.isEmpty()) {
                events.forEach(this::hand);
            }
            positions = reached;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void interrupted() {
        cutAll(EndReason.INTERRUPTED);
    }

    /** Ends every stream, now and later: the process is shutting down. */
    void endAll() {
        lock.lock();
        try {
            ending = true;
            cutAll(EndReason.SHUTDOWN);
        } finally {
            lock.unlock();
        }
    }

    private void cutAll(EndReason reason) {
        lock.lock();
        try {
            subscriptions.forEach(subscription -> subscription.cut(reason));
        } finally {
            lock.unlock();
        }
    }

    private void hand(LiveEvent live) {
        boolean personal = subscriptions.stream().anyMatch(s -> s.scope() instanceof Scope.Own);
        boolean concerned = personal
                || subscriptions.stream()
                        .anyMatch(s ->
                                s.scope() instanceof Scope.Single(String id) && id.equals(live.claimedCommandId()));
        if (concerned) {
            live.event().ifPresent(event -> hand(event, personal));
        }
    }

    private void hand(LogEvent event, boolean personal) {
        Optional<Owner> owner = Optional.empty();
        try {
            owner = personal ? Ownership.of(event, owners) : Optional.empty();
        } catch (LogUnavailableException e) {
            // Whose it is can't be told now. Those whom it may concern resume, and find out then.
            subscriptions.stream()
                    .filter(subscription -> subscription.scope() instanceof Scope.Own)
                    .forEach(subscription -> subscription.cut(EndReason.INTERRUPTED));
        }
        for (Subscription subscription : subscriptions) {
            boolean concerned = switch (subscription.scope()) {
                case Scope.Own(Owner reader) -> owner.filter(reader::equals).isPresent();
                case Scope.Single(String id) -> id.equals(event.commandId());
            };
            if (concerned) {
                subscription.offer(event);
            }
        }
    }
}
