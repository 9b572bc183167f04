package dev.mandate.api.status;

import dev.mandate.api.projection.ReadModelUnavailableException;
import java.util.UUID;

/** {@link KnownBatches} out of the read model. */
final class ProjectedBatches implements KnownBatches {

    private final BatchTable table;

    ProjectedBatches(BatchTable table) {
        this.table = table;
    }

    @Override
    public boolean contains(String batchId) {
        try {
            return table.contains(UUID.fromString(batchId));
        } catch (ReadModelUnavailableException e) {
            return false;
        }
    }
}
