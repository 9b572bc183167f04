package dev.mandate.sandbox.net;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The relays of a sandbox, by who uses them and where they lead. */
public final class Relays implements AutoCloseable {

    private final Map<Route, Relay> relays = new ConcurrentHashMap<>();

    /** From whom to whom, both by their names. */
    private record Route(String from, String to) {}

    /**
     * A new relay that listens on a free port.
     *
     * @param from who is to use it
     * @param to who listens at the destination
     * @param destination a port of 127.0.0.1
     * @return where it listens
     */
    public int add(String from, String to, int destination) {
        var relay = new Relay(FreePorts.take(1).getFirst(), destination);
        relays.put(new Route(from, to), relay);
        return relay.port();
    }

    /** Where a process's relays to these lead through; those that it has. */
    public List<Relay> between(String from, List<String> to) {
        return to.stream()
                .map(one -> relays.get(new Route(from, one)))
                .filter(relay -> relay != null)
                .toList();
    }

    @Override
    public void close() {
        relays.values().forEach(Relay::close);
    }
}
