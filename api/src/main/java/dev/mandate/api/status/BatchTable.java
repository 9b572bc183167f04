package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.projection.ReadModel;
import dev.mandate.api.projection.ReadModelUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.SqlParameterValue;

/** Batches as the read model has them. */
final class BatchTable {

    private static final String OF_OWNER = """
            from command
            where lane = 'bulk' and txn = :batch
              and issuer = :issuer and subject = :subject and organization is not distinct from :organization
            """;

    private static final String STANDING = """
            select coalesce(outcome, case when started_at is null then 'accepted' else 'started' end) as status,
              outcome is not null as ended, count(*) as commands, count(*) filter (where ended_at > :since) as lately,
              min(appended_at) as first, max(appended_at) as last, max(deadline) as deadline
            """ + OF_OWNER + "group by 1, 2";

    private static final String RESULTS = "select * " + OF_OWNER + """
              and (batch_line, id) > (:line, :id)
            order by batch_line, id limit :limit
            """;

    private final ReadModel readModel;

    BatchTable(ReadModel readModel) {
        this.readModel = readModel;
    }

    /**
     * How many commands of a batch stand in the same way.
     *
     * @param lately how many of them ended since the time that was asked for
     */
    record Standing(
            String status, boolean ended, long commands, long lately, Instant first, Instant last, Instant deadline) {}

    /** A command of a batch, and the line that it was. */
    record Row(int line, UUID id, CommandState state) {}

    /** Where a page of results begins: behind this row. */
    record Place(int line, UUID id) {

        /** Behind all rows of a line. */
        static Place after(int line) {
            return new Place(line, new UUID(-1, -1));
        }
    }

    /**
     * How a batch stands; empty when this person has no such batch.
     *
     * @throws ReadModelUnavailableException when the database is out of reach
     */
    List<Standing> standing(Owner owner, UUID batch, Instant since) {
        return readModel.ask(jdbc -> jdbc.sql(STANDING)
                .params(parameters(owner, batch))
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Standing(
                        row.getString("status"),
                        row.getBoolean("ended"),
                        row.getLong("commands"),
                        row.getLong("lately"),
                        time(row, "first"),
                        time(row, "last"),
                        time(row, "deadline")))
                .list());
    }

    /**
     * Some commands of a batch, by line.
     *
     * @throws ReadModelUnavailableException when the database is out of reach
     */
    List<Row> page(Owner owner, UUID batch, Place after, int limit) {
        return readModel.ask(jdbc -> jdbc.sql(RESULTS)
                .params(parameters(owner, batch))
                .param("line", after.line())
                .param("id", after.id())
                .param("limit", limit)
                .query((row, number) ->
                        new Row(row.getInt("batch_line"), row.getObject("id", UUID.class), CommandTable.state(row)))
                .list());
    }

    /**
     * Whether anything of a batch is known.
     *
     * @throws ReadModelUnavailableException when the database is out of reach
     */
    boolean contains(UUID batch) {
        return readModel.ask(
                jdbc -> jdbc.sql("select exists (select 1 from command where lane = 'bulk' and txn = :batch)")
                        .param("batch", batch.toString())
                        .query(Boolean.class)
                        .single());
    }

    private static Map<String, Object> parameters(Owner owner, UUID batch) {
        return Map.of(
                "batch", batch.toString(),
                "issuer", owner.issuer(),
                "subject", owner.subject(),
                "organization",
                        new SqlParameterValue(
                                Types.VARCHAR, owner.organization().orElse(null)));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time.toInstant();
    }
}
