package dev.mandate.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What a sandbox in which things are to go wrong has beside the usual. Its brokers are processes of their own, and its
 * workers are started by their laboratory, which can give them a wrong clock or leave a guard out.
 *
 * @param brokers how many there are
 * @param relayed the processes, by name, whose connections to brokers and tenant can be cut and slowed down
 * @param workerSettings of every worker, beside the usual ones
 */
public record Rig(int brokers, List<String> relayed, Map<String, String> workerSettings) {

    /** Copies what it is given. */
    public Rig {
        relayed = List.copyOf(relayed);
        workerSettings = Map.copyOf(workerSettings);
    }
}
