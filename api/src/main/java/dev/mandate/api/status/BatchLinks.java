package dev.mandate.api.status;

import dev.mandate.api.log.LogPositions;
import java.util.Map;

/** Where a batch is found from now on. */
public interface BatchLinks {

    /**
     * The batch's own address. It carries opaque, authenticated positions, so that a batch can be read at once after it
     * was accepted.
     *
     * @param batchId the batch's id
     * @param positions behind all its commands
     */
    String batch(String batchId, LogPositions positions);

    /** All links: {@code self} as above, and {@code results}. */
    Map<String, String> batchLinks(String batchId, LogPositions positions);
}
