package dev.mandate.api.projection;

import dev.mandate.api.log.BatchLine;
import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.Wire;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.resolution.ReceivedResolution;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * Writes events into their commands' rows. The statements commute and can be repeated: whatever the order in which the
 * events of a command arrive, and however often, the row comes out the same.
 */
final class CommandRows {

    /**
     * Of several records with one id, the first is the command: where they stand in one partition, by their offsets,
     * since brokers' clocks differ.
     */
    private static final String COMMANDED = """
            insert into command as row (id, topic, partition, record_offset, appended_at, payload_hash, tenant, action,
              target_type, target_id, lane, reason, issuer, subject, organization, client_id, txn, idempotency_key,
              request_hash, deadline, decision, rules, batch_line)
            values (:id, :topic, :partition, :offset, :appended, :hash, :tenant, :action,
              :targetType, :targetId, :lane, :reason, :issuer, :subject, :organization, :client, :txn, :key,
              :requestHash, :deadline, :decision, :rules, :batchLine)
            on conflict (id) do update set
              (topic, partition, record_offset, appended_at, payload_hash, tenant, action,
               target_type, target_id, lane, reason, issuer, subject, organization, client_id, txn, idempotency_key,
               request_hash, deadline, decision, rules, batch_line) =
              (excluded.topic, excluded.partition, excluded.record_offset, excluded.appended_at, excluded.payload_hash,
               excluded.tenant, excluded.action, excluded.target_type, excluded.target_id, excluded.lane,
               excluded.reason, excluded.issuer, excluded.subject, excluded.organization, excluded.client_id,
               excluded.txn, excluded.idempotency_key, excluded.request_hash, excluded.deadline, excluded.decision,
               excluded.rules, excluded.batch_line)
            where row.appended_at is null
               or case
                    when (excluded.topic, excluded.partition) = (row.topic, row.partition)
                    then excluded.record_offset < row.record_offset
                    else (excluded.appended_at, excluded.topic, excluded.partition)
                       < (row.appended_at, row.topic, row.partition)
                  end
            """;

    private static final String STARTED = """
            insert into command as row (id, started_at, attempt) values (:id, :at, :attempt)
            on conflict (id) do update set
              started_at = least(row.started_at, excluded.started_at),
              attempt = greatest(row.attempt, excluded.attempt)
            """;

    /** There is one outcome; should there ever be two, the first is it. */
    private static final String ENDED = """
            insert into command as row (id, outcome, outcome_offset, ended_at, outcome_attempt, outcome_decision,
              outcome_rules, upstream_status, upstream_method, upstream_route, error_code, error_message, result,
              steps, notice, upstream_log_id)
            values (:id, :outcome, :offset, :at, :attempt, :decision,
              :rules, :status, :method, :route, :code, :message, :result,
              :steps, :notice, :logId)
            on conflict (id) do update set
              (outcome, outcome_offset, ended_at, outcome_attempt, outcome_decision, outcome_rules, upstream_status,
               upstream_method, upstream_route, error_code, error_message, result, steps, notice, upstream_log_id) =
              (excluded.outcome, excluded.outcome_offset, excluded.ended_at, excluded.outcome_attempt,
               excluded.outcome_decision, excluded.outcome_rules, excluded.upstream_status, excluded.upstream_method,
               excluded.upstream_route, excluded.error_code, excluded.error_message, excluded.result,
               excluded.steps, excluded.notice, excluded.upstream_log_id)
            where row.outcome_offset is null or excluded.outcome_offset < row.outcome_offset
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final ResolutionRows resolutionRows;

    CommandRows(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.resolutionRows = new ResolutionRows(jdbc);
    }

    /** Writes events, within the caller's transaction. */
    void write(Collection<LogEvent> events) {
        // One order of rows everywhere makes it rare that two projectors wait for one another in a circle.
        List<LogEvent> sorted = events.stream()
                .sorted(Comparator.comparing(LogEvent::commandId))
                .toList();
        var commands = new ArrayList<SqlParameterSource>();
        var starts = new ArrayList<SqlParameterSource>();
        var outcomes = new ArrayList<SqlParameterSource>();
        var resolutions = new ArrayList<ReceivedResolution>();
        for (LogEvent event : sorted) {
            switch (event) {
                case LogEvent.Resolved(ReceivedResolution received) -> resolutions.add(received);
                case LogEvent.Commanded(ReceivedCommand received) -> commands.add(parameters(received));
                case LogEvent.Journaled(ReceivedStatement received) -> {
                    switch (received.statement().event()) {
                        case Started started -> starts.add(parameters(started, received));
                        case Outcome outcome -> outcomes.add(parameters(outcome, received));
                        case Repeat repeat -> {
                            // A repeat never changes what became of the command.
                        }
                    }
                }
            }
        }
        write(COMMANDED, commands);
        write(STARTED, starts);
        write(ENDED, outcomes);
        resolutionRows.write(resolutions);
    }

    private void write(String statement, List<SqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(statement, rows.toArray(SqlParameterSource[]::new));
        }
    }

    private static MapSqlParameterSource parameters(ReceivedCommand received) {
        Command command = received.command();
        return new MapSqlParameterSource()
                .addValue("id", command.id().value(), Types.OTHER)
                .addValue("topic", received.position().topic())
                .addValue("partition", received.position().partition())
                .addValue("offset", received.position().offset())
                .addValue("appended", time(received.appendedAt()))
                .addValue("hash", received.payloadHash())
                .addValue("tenant", text(command.context().tenant()))
                .addValue("action", text(command.context().action()))
                .addValue("targetType", text(command.context().target().type()))
                .addValue("targetId", text(command.context().target().id()))
                .addValue("lane", Wire.name(command.context().lane()))
                .addValue("reason", text(command.context().reason()))
                .addValue("issuer", text(command.requester().issuer()))
                .addValue("subject", text(command.subject()))
                .addValue("organization", text(command.requester().organization()))
                .addValue("client", text(command.clientId()))
                .addValue("txn", text(command.transaction()))
                .addValue("key", text(command.context().idempotencyKey()))
                .addValue("requestHash", text(command.context().requestHash()))
                .addValue("deadline", time(command.deadline()))
                .addValue("decision", Wire.name(command.authorization().decision()))
                .addValue("rules", array(command.authorization().rules()))
                .addValue("batchLine", number(BatchLine.numberOf(command)));
    }

    private static MapSqlParameterSource parameters(Started started, ReceivedStatement received) {
        return new MapSqlParameterSource()
                .addValue("id", started.command().id().value(), Types.OTHER)
                .addValue("at", time(received.statement().occurredAt()))
                .addValue("attempt", started.attempt());
    }

    private static MapSqlParameterSource parameters(Outcome outcome, ReceivedStatement received) {
        Optional<Authorization> authorization = outcome.authorization();
        Optional<Upstream> upstream = outcome.upstream();
        return new MapSqlParameterSource()
                .addValue("id", outcome.command().id().value(), Types.OTHER)
                .addValue("outcome", Wire.name(outcome.status()))
                .addValue("offset", received.position().offset())
                .addValue("at", time(received.statement().occurredAt()))
                .addValue("attempt", outcome.attempt())
                .addValue(
                        "decision",
                        authorization.map(a -> Wire.name(a.decision())).orElse(null),
                        Types.VARCHAR)
                .addValue("rules", array(authorization.map(Authorization::rules).orElse(null)))
                .addValue("status", upstream.flatMap(Upstream::status).orElse(null), Types.INTEGER)
                .addValue("method", text(upstream.map(Upstream::method)))
                .addValue("route", text(upstream.map(Upstream::route)))
                .addValue("logId", text(upstream.flatMap(Upstream::logId)))
                .addValue("code", text(outcome.error().map(OutcomeError::code)))
                .addValue("message", text(outcome.error().map(OutcomeError::message)))
                .addValue("result", text(outcome.result()))
                .addValue("steps", text(outcome.steps().map(CommandRows::json)))
                .addValue("notice", text(outcome.notice()));
    }

    private static String json(List<StepOutcome> steps) {
        return new String(StrictJson.write(steps), StandardCharsets.UTF_8);
    }

    /** PostgreSQL can't hold U+0000 in a text; one character must not stop the projection. */
    static String text(String value) {
        return value.replace('\0', '\uFFFD');
    }

    static SqlParameterValue text(Optional<String> value) {
        return new SqlParameterValue(Types.VARCHAR, value.map(CommandRows::text).orElse(null));
    }

    private static SqlParameterValue number(OptionalInt value) {
        return new SqlParameterValue(Types.INTEGER, value.isPresent() ? value.getAsInt() : null);
    }

    static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static SqlParameterValue array(@Nullable List<String> values) {
        return new SqlParameterValue(
                Types.ARRAY,
                values == null ? null : values.stream().map(CommandRows::text).toArray(String[]::new));
    }
}
