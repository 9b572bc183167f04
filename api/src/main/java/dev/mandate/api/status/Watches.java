package dev.mandate.api.status;

import dev.mandate.api.log.LiveEvent;
import dev.mandate.api.log.LiveListener;
import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.LogPositions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** Everybody who waits for a command in this process, woken by the log itself. */
final class Watches implements LiveListener {

    private final ConcurrentMap<String, List<Watch>> open = new ConcurrentHashMap<>();
    private final WatchHelp help;
    private volatile boolean ending;

    Watches(WatchHelp help) {
        this.help = help;
    }

    /** Begins to watch a command. */
    Watch open(String commandId) {
        var watch = new Watch(commandId, help, this::close);
        open.merge(commandId, List.of(watch), Watches::joined);
        if (ending) {
            watch.end();
        }
        return watch;
    }

    /** Ends every wait, now and later: the process is shutting down. */
    void endAll() {
        ending = true;
        open.values().forEach(watches -> watches.forEach(Watch::end));
    }

    /** How many wait. */
    int count() {
        return open.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public void arrived(List<LiveEvent> events, LogPositions reached) {
        for (LiveEvent live : events) {
            List<Watch> concerned = open.getOrDefault(live.claimedCommandId(), List.of());
            if (!concerned.isEmpty()) {
                live.event().ifPresent(event -> tell(concerned, event));
            }
        }
    }

    @Override
    public void interrupted() {
        // Nobody is woken; those who wait ask the read model from time to time.
    }

    private static void tell(List<Watch> concerned, LogEvent event) {
        concerned.stream()
                .filter(watch -> watch.commandId().equals(event.commandId()))
                .forEach(watch -> watch.tell(event));
    }

    private void close(Watch watch) {
        open.computeIfPresent(watch.commandId(), (id, watches) -> {
            List<Watch> rest = watches.stream().filter(other -> other != watch).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    private static List<Watch> joined(List<Watch> some, List<Watch> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** What a watch needs beyond the log. */
    interface WatchHelp {

        /** What the read model knows, if it can be asked. */
        Optional<CommandState> ask(String commandId);

        /** How long to wait at most before the read model is asked again. */
        Duration interval();
    }
}
