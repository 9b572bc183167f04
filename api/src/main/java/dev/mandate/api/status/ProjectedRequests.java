package dev.mandate.api.status;

import dev.mandate.api.projection.ReadModelUnavailableException;
import java.util.Optional;

/** {@link KnownRequests} out of the read model. */
final class ProjectedRequests implements KnownRequests {

    private final CommandTable table;

    ProjectedRequests(CommandTable table) {
        this.table = table;
    }

    @Override
    public Optional<Known> find(Scope scope, String idempotencyKey) {
        try {
            return table.underKey(scope, idempotencyKey);
        } catch (ReadModelUnavailableException e) {
            return Optional.empty();
        }
    }
}
