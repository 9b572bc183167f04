package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What a command's row says of how its unknown outcome was settled. */
final class ResolutionColumns {

    private ResolutionColumns() {}

    static Optional<CommandState.Resolved> read(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("resolved_at", OffsetDateTime.class);
        if (at == null) {
            return Optional.empty();
        }
        return Optional.of(new CommandState.Resolved(
                row.getString("resolution"),
                row.getString("resolution_reason"),
                new Owner(
                        row.getString("resolution_issuer"),
                        row.getString("resolution_subject"),
                        Optional.ofNullable(row.getString("resolution_organization"))),
                row.getLong("resolution_outcome"),
                new LogRecord.Position(
                        Topics.CONTROL, row.getInt("resolution_partition"), row.getLong("resolution_offset")),
                at.toInstant()));
    }
}
