package dev.mandate.api.projection;

import dev.mandate.api.log.Wire;
import dev.mandate.contracts.resolution.ReceivedResolution;
import dev.mandate.contracts.resolution.Resolution;
import java.sql.Types;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Writes resolutions into their commands' rows; commutes as {@link CommandRows} does. */
final class ResolutionRows {

    /** Of several, the one appended first counts; a command's all stand in one partition. */
    private static final String RESOLVED = """
            insert into command as row (id, resolution, resolution_reason, resolution_issuer, resolution_subject,
              resolution_organization, resolution_partition, resolution_offset, resolution_outcome, resolved_at)
            values (:id, :resolution, :reason, :issuer, :subject,
              :organization, :partition, :offset, :outcome, :at)
            on conflict (id) do update set
              (resolution, resolution_reason, resolution_issuer, resolution_subject,
               resolution_organization, resolution_partition, resolution_offset, resolution_outcome, resolved_at) =
              (excluded.resolution, excluded.resolution_reason, excluded.resolution_issuer,
               excluded.resolution_subject, excluded.resolution_organization, excluded.resolution_partition,
               excluded.resolution_offset, excluded.resolution_outcome, excluded.resolved_at)
            where row.resolution_offset is null
               or (excluded.resolution_partition, excluded.resolution_offset)
                < (row.resolution_partition, row.resolution_offset)
            """;

    private final NamedParameterJdbcTemplate jdbc;

    ResolutionRows(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void write(List<ReceivedResolution> resolutions) {
        if (!resolutions.isEmpty()) {
            jdbc.batchUpdate(
                    RESOLVED,
                    resolutions.stream().map(ResolutionRows::parameters).toArray(SqlParameterSource[]::new));
        }
    }

    private static SqlParameterSource parameters(ReceivedResolution received) {
        Resolution resolution = received.resolution();
        return new MapSqlParameterSource()
                .addValue("id", resolution.command().id().value(), Types.OTHER)
                .addValue("resolution", Wire.name(resolution.verdict()))
                .addValue("reason", CommandRows.text(resolution.reason()))
                .addValue("issuer", CommandRows.text(resolution.resolver().issuer()))
                .addValue("subject", CommandRows.text(resolution.subject()))
                .addValue("organization", CommandRows.text(resolution.resolver().organization()))
                .addValue("partition", received.position().partition())
                .addValue("offset", received.position().offset())
                .addValue("outcome", resolution.outcome().offset())
                .addValue("at", CommandRows.time(received.appendedAt()));
    }
}
