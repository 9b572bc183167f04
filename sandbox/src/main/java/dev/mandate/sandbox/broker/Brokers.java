package dev.mandate.sandbox.broker;

import dev.mandate.sandbox.process.Service;
import java.util.List;

/** The brokers of a sandbox: one in its own process, or several that are processes of their own. */
public interface Brokers extends AutoCloseable {

    /** Where clients connect, as {@code host:port}, with commas in between where there are several. */
    String bootstrapServers();

    /** The same for one process, which may have its own ways to the brokers. */
    default String bootstrapServersFor(String process) {
        return bootstrapServers();
    }

    /** Everybody who can log in. */
    SaslUsers users();

    /** How many there are. */
    default int count() {
        return 1;
    }

    /** Those that are processes of their own. */
    default List<Service> processes() {
        return List.of();
    }

    /**
     * Starts them, and returns when they take requests.
     *
     * @throws IllegalStateException when they run already, or can't be started
     */
    void start();

    /** Stops all of them at once; what they have stored stays. Does nothing when they don't run. */
    void stop();

    /** Stops them for good. */
    @Override
    void close();
}
