package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.projection.ReadModel;
import dev.mandate.api.projection.ReadModelUnavailableException;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Target;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands as the read model has them. */
final class CommandTable {

    private static final String BY_KEY = """
            select id, request_hash, appended_at from command
            where issuer = :issuer and subject = :subject and coalesce(client_id, '') = :client
              and coalesce(organization, '') = :organization and tenant = :tenant and idempotency_key = :key
            order by appended_at, id limit 1
            """;

    private final ReadModel readModel;

    CommandTable(ReadModel readModel) {
        this.readModel = readModel;
    }

    /**
     * One command.
     *
     * @throws ReadModelUnavailableException when the database is out of reach
     */
    Optional<CommandState> find(UUID id) {
        return readModel.ask(jdbc -> jdbc.sql("select * from command where id = :id")
                .param("id", id)
                .query((row, number) -> state(row))
                .optional());
    }

    /**
     * The commands that fit, newest first.
     *
     * @throws ReadModelUnavailableException when the database is out of reach
     */
    List<CommandState> search(SearchQuery query) {
        return readModel.ask(jdbc -> jdbc.sql(query.sql())
                .params(query.parameters())
                .query((row, number) -> state(row))
                .list());
    }

    /**
     * The first command under an idempotency key.
     *
     * @throws ReadModelUnavailableException when the database is out of reach
     */
    Optional<KnownRequests.Known> underKey(KnownRequests.Scope scope, String key) {
        return readModel.ask(jdbc -> jdbc.sql(BY_KEY)
                .param("issuer", scope.issuer())
                .param("subject", scope.subject())
                .param("client", scope.clientId())
                .param("organization", scope.organization())
                .param("tenant", scope.tenant())
                .param("key", key)
                .query((row, number) -> new KnownRequests.Known(
                        row.getString("id"), row.getString("request_hash"), required(time(row, "appended_at"))))
                .optional());
    }

    static CommandState state(ResultSet row) throws SQLException {
        return new CommandState(
                row.getString("id"), submitted(row), started(row), ended(row), ResolutionColumns.read(row));
    }

    private static Optional<CommandState.Submitted> submitted(ResultSet row) throws SQLException {
        Instant at = time(row, "appended_at");
        if (at == null) {
            return Optional.empty();
        }
        return Optional.of(new CommandState.Submitted(
                new Owner(row.getString("issuer"), row.getString("subject"), text(row, "organization")),
                text(row, "client_id"),
                row.getString("tenant"),
                row.getString("action"),
                new Target(row.getString("target_type"), row.getString("target_id")),
                row.getString("lane"),
                text(row, "reason"),
                row.getString("txn"),
                row.getString("payload_hash"),
                new LogRecord.Position(row.getString("topic"), row.getInt("partition"), row.getLong("record_offset")),
                at,
                required(time(row, "deadline")),
                new CommandState.Decided(row.getString("decision"), texts(row, "rules"))));
    }

    private static Optional<CommandState.Started> started(ResultSet row) throws SQLException {
        Instant at = time(row, "started_at");
        return at == null ? Optional.empty() : Optional.of(new CommandState.Started(at, row.getInt("attempt")));
    }

    private static Optional<CommandState.Ended> ended(ResultSet row) throws SQLException {
        Instant at = time(row, "ended_at");
        if (at == null) {
            return Optional.empty();
        }
        List<String> rules = texts(row, "outcome_rules");
        Optional<String> route = text(row, "upstream_route");
        Optional<Integer> status = Optional.ofNullable(row.getObject("upstream_status", Integer.class));
        Optional<String> logId = text(row, "upstream_log_id");
        String method = row.getString("upstream_method");
        String message = row.getString("error_message");
        return Optional.of(new CommandState.Ended(
                row.getString("outcome"),
                row.getLong("outcome_offset"),
                text(row, "payload_hash"),
                at,
                row.getInt("outcome_attempt"),
                text(row, "outcome_decision").map(decision -> new CommandState.Decided(decision, rules)),
                route.map(template -> new CommandState.Upstream(method, template, status, logId)),
                text(row, "error_code").map(code -> new CommandState.Failure(code, message)),
                text(row, "result"),
                text(row, "steps").map(CommandTable::steps).orElse(List.of()),
                text(row, "notice")));
    }

    private static List<StepOutcome> steps(String json) {
        return StrictJson.parse(json.getBytes(StandardCharsets.UTF_8))
                .valueStream()
                .map(line -> StrictJson.convert(line, StepOutcome.class))
                .toList();
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Instant required(@Nullable Instant time) {
        if (time == null) {
            throw new IllegalStateException("A command's columns are written together");
        }
        return time;
    }
}
