package dev.mandate.bench.stage;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.CommandIds;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.journal.JournalEvent;
import dev.mandate.contracts.journal.JournalStatement;
import dev.mandate.contracts.journal.JournalWriter;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.policy.TargetFacts;
import dev.mandate.contracts.policy.TenantFacts;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.sandbox.Names;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What the journal says of commands that have been executed, signed with the worker's key as the worker signs it. So a
 * long log can be made without waiting until as many commands have been executed. May be used by several threads.
 */
public final class SettledCommands {

    private static final String WORKER = "worker-0/1";
    private static final List<String> SCOPES = List.of("update:users");

    private final Clock clock = Clock.systemUTC();
    private final CommandIds ids = new CommandIds(clock, new SecureRandom());
    private final List<String> audience = JournalStatement.audience(Names.ENVIRONMENT);
    private final JournalWriter writer;
    private final RequesterFacts requester;
    private final TenantFacts tenant;
    private final String answer;

    SettledCommands(Kit kit, String issuer) {
        writer = kit.journalWriter();
        requester = new RequesterFacts(
                issuer,
                "auth0|person0000",
                Optional.empty(),
                Issuer.PERMISSIONS,
                List.of("editor"),
                false,
                Standing.ACTIVE);
        tenant = new TenantFacts(Names.TENANT, List.of(issuer), false);
        // Nobody opens it, so that one does for all.
        answer = kit.sealer("intake")
                .seal(
                        SealingContext.result("any"),
                        "{\"status\":200,\"body\":{\"user_id\":\"bench|0000\"}}".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * That a command was started, and that it has succeeded.
     *
     * @param offset where the command stands in its partition
     */
    public List<OutgoingRecord> journal(SignedCommands.Signed signed, long offset) {
        var command = signed.command();
        var bind = command.bind();
        var reference = new CommandReference(
                command.id(), signed.record().payloadHash(), bind.topic(), bind.partition(), offset);
        var granted = command.authorization();
        var authorization = Optional.of(new Authorization(
                granted.decision(),
                granted.policy(),
                granted.catalogue(),
                granted.rules(),
                granted.at(),
                0,
                Optional.of(new Facts(
                        requester,
                        tenant,
                        List.of(TargetFacts.unknown(command.context().target()))))));
        var call = new Upstream(
                "PATCH",
                "/api/v2/users/{id}",
                Optional.of(200),
                SCOPES,
                List.of(),
                command.id().value(),
                Optional.empty());
        return List.of(
                write(signed, new Started(reference, 1, WORKER, offset, authorization, Optional.empty())),
                write(
                        signed,
                        new Outcome(
                                reference,
                                OutcomeStatus.SUCCEEDED,
                                1,
                                WORKER,
                                authorization,
                                List.of(),
                                Optional.of(call),
                                Optional.of(answer),
                                Optional.empty())));
    }

    private OutgoingRecord write(SignedCommands.Signed signed, JournalEvent event) {
        var command = signed.command();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return writer.write(new JournalStatement(
                Names.WORKER_ISSUER,
                audience,
                ids.next(),
                now,
                now,
                command.transaction(),
                command.context().target().id(),
                new Bind(
                        Topics.RESULTS,
                        command.bind().partition(),
                        command.bind().key()),
                event));
    }
}
