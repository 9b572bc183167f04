package dev.mandate.bench.stage;

import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
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
import dev.mandate.contracts.topic.Bind;
import dev.mandate.contracts.topic.OutgoingRecord;
import dev.mandate.contracts.topic.Topics;
import dev.mandate.sandbox.Names;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What the journal says of commands that have been executed, signed with the worker's key as the worker signs it. So a
 * long log can be made without waiting until as many commands have been executed. May be used by several threads.
 */
public final class SettledCommands {

    private static final String WORKER = "worker-0/1";
    private static final List<String> SCOPES = List.of("update:users");

    private final CommandIds ids = new CommandIds(Clock.systemUTC(), new SecureRandom());
    private final List<String> audience = JournalStatement.audience(Names.ENVIRONMENT);
    private final JournalWriter writer;
    private final RequesterFacts requester;
    private final TenantFacts tenant;
    private final String answer;

    /**
     * What is said of commands of this issuer's people.
     *
     * @param writer signs with the worker's key
     * @param answer what stands for the sealed answer of each, since nobody opens it
     */
    public SettledCommands(JournalWriter writer, String issuer, String answer) {
        this.writer = writer;
        this.answer = answer;
        requester = new RequesterFacts(
                issuer,
                "auth0|person0000",
                Optional.empty(),
                Issuer.PERMISSIONS,
                List.of("editor"),
                false,
                Standing.ACTIVE);
        tenant = new TenantFacts(Names.TENANT, List.of(issuer), false);
    }

    /**
     * That a command was started, and that it has succeeded, both as soon as it was signed.
     *
     * @param reference which one it is, and where it stands
     */
    public List<OutgoingRecord> journal(Command command, CommandReference reference) {
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
                write(command, new Started(reference, 1, WORKER, reference.offset(), authorization, Optional.empty())),
                write(
                        command,
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

    private OutgoingRecord write(Command command, JournalEvent event) {
        return writer.write(new JournalStatement(
                Names.WORKER_ISSUER,
                audience,
                ids.next(),
                command.issuedAt(),
                command.issuedAt(),
                command.transaction(),
                command.context().target().id(),
                new Bind(
                        Topics.RESULTS,
                        command.bind().partition(),
                        command.bind().key()),
                event));
    }
}
