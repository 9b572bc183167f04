package dev.mandate.api.stream;

import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPartition;
import dev.mandate.api.log.LogPositions;
import dev.mandate.api.security.Caller;
import dev.mandate.contracts.journal.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One open stream. It knows its own place in every partition: what lies before is never written again, whether it comes
 * from the replay, from the live follower, or from both.
 */
final class EventStream implements Replay.Sink {

    private final Caller caller;
    private final Scope scope;
    private final Subscription subscription;
    private final StreamTokens tokens;
    private final Frames frames;
    private final Clock clock;
    private final Duration heartbeat;
    private final OutputStream out;
    private final TreeMap<LogPartition, Long> place;
    private boolean ended;

    EventStream(
            Caller caller,
            Subscription subscription,
            LogPositions from,
            StreamTokens tokens,
            Frames frames,
            Clock clock,
            Duration heartbeat,
            OutputStream out) {
        this.caller = caller;
        this.scope = subscription.scope();
        this.subscription = subscription;
        this.tokens = tokens;
        this.frames = frames;
        this.clock = clock;
        this.heartbeat = heartbeat;
        this.out = out;
        this.place = new TreeMap<>(from.next());
    }

    /** Greets the client, so that it can resume even if nothing ever happens. */
    void begin() throws IOException {
        write(Frames.RETRY + Frames.place(id()));
    }

    /**
     * Writes what happens until there is a reason to end.
     *
     * @throws IOException when the client is gone
     * @throws InterruptedException when the thread is interrupted
     */
    EndReason follow() throws IOException, InterruptedException {
        while (!ended) {
            Duration life = Duration.between(clock.instant(), caller.expiresAt());
            if (!life.isPositive()) {
                return EndReason.TOKEN_EXPIRED;
            }
            Optional<Item> next = subscription.next(life.compareTo(heartbeat) < 0 ? life : heartbeat);
            if (next.isEmpty()) {
                beat();
                continue;
            }
            switch (next.get()) {
                case Item.Happened(LogEvent event) -> happened(event);
                case Item.Cut(EndReason reason) -> {
                    return reason;
                }
            }
        }
        return EndReason.COMMAND_ENDED;
    }

    /** Says good-bye, if the client still listens. */
    void end(EndReason reason) throws IOException {
        write(frames.end(reason));
    }

    @Override
    public void happened(LogEvent event) throws IOException {
        var partition = LogPartition.of(event.position());
        if (ended || place.getOrDefault(partition, 0L) > event.position().offset()) {
            return;
        }
        place.put(partition, event.position().offset() + 1);
        ended = scope instanceof Scope.Single
                && event instanceof LogEvent.Journaled(var received)
                && received.statement().event() instanceof Outcome;
        write(frames.event(event, id()));
    }

    @Override
    public void passed(LogPositions reached) {
        place.replaceAll((partition, offset) -> Math.max(offset, reached.next(partition)));
    }

    @Override
    public boolean open() {
        return !ended && clock.instant().isBefore(caller.expiresAt());
    }

    /** Whether nothing more will ever come. */
    boolean hasEnded() {
        return ended;
    }

    private void beat() throws IOException {
        subscription.idleAt().ifPresent(this::passed);
        write(Frames.place(id()));
    }

    private String id() {
        return tokens.encode(caller, scope, new StreamTokens.Place(new LogPositions(place), ended));
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
