package dev.mandate.api.status;

/** What the read model knows of batches, asked before lines are taken. */
@FunctionalInterface
public interface KnownBatches {

    /**
     * Whether a line of the batch was accepted before.
     *
     * @return false when none was, or not yet, or the database is away: as with {@link KnownRequests}, never an
     *     exception, and never a long wait
     */
    boolean contains(String batchId);
}
