package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.log.LogEvent;
import dev.mandate.api.log.Wire;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.journal.Repeat;
import dev.mandate.contracts.journal.Started;
import dev.mandate.contracts.resolution.ReceivedResolution;
import dev.mandate.contracts.resolution.Resolution;
import java.util.List;
import java.util.Optional;

/** What single events say of their commands. */
final class LiveStates {

    private LiveStates() {}

    static CommandState of(LogEvent event) {
        CommandState unknown = CommandState.unknown(event.commandId());
        return switch (event) {
            case LogEvent.Commanded(ReceivedCommand received) ->
                new CommandState(
                        unknown.id(),
                        Optional.of(submitted(received)),
                        unknown.started(),
                        unknown.ended(),
                        unknown.resolved());
            case LogEvent.Resolved(ReceivedResolution received) ->
                new CommandState(
                        unknown.id(),
                        unknown.submitted(),
                        unknown.started(),
                        unknown.ended(),
                        Optional.of(resolved(received)));
            case LogEvent.Journaled(ReceivedStatement received) ->
                switch (received.statement().event()) {
                    case Started started ->
                        new CommandState(
                                unknown.id(),
                                unknown.submitted(),
                                Optional.of(new CommandState.Started(
                                        received.statement().occurredAt(), started.attempt())),
                                unknown.ended(),
                                unknown.resolved());
                    case Outcome outcome ->
                        new CommandState(
                                unknown.id(),
                                unknown.submitted(),
                                unknown.started(),
                                Optional.of(ended(outcome, received)),
                                unknown.resolved());
                    case Repeat repeat -> unknown;
                };
        };
    }

    private static CommandState.Submitted submitted(ReceivedCommand received) {
        Command command = received.command();
        return new CommandState.Submitted(
                Owner.of(command),
                command.clientId(),
                command.context().tenant(),
                command.context().action(),
                command.context().target(),
                Wire.name(command.context().lane()),
                command.context().reason(),
                command.transaction(),
                received.payloadHash(),
                received.position(),
                received.appendedAt(),
                command.deadline(),
                decided(command.authorization()));
    }

    private static CommandState.Resolved resolved(ReceivedResolution received) {
        Resolution resolution = received.resolution();
        return new CommandState.Resolved(
                Wire.name(resolution.verdict()),
                resolution.reason(),
                new Owner(
                        resolution.resolver().issuer(),
                        resolution.subject(),
                        resolution.resolver().organization()),
                resolution.outcome().offset(),
                received.position(),
                received.appendedAt());
    }

    private static CommandState.Ended ended(Outcome outcome, ReceivedStatement received) {
        return new CommandState.Ended(
                Wire.name(outcome.status()),
                received.position().offset(),
                Optional.of(outcome.command().payloadHash()),
                received.statement().occurredAt(),
                outcome.attempt(),
                outcome.authorization().map(LiveStates::decided),
                outcome.upstream()
                        .map(call ->
                                new CommandState.Upstream(call.method(), call.route(), call.status(), call.logId())),
                outcome.error().map(error -> new CommandState.Failure(error.code(), error.message())),
                outcome.result(),
                outcome.steps().orElse(List.of()),
                outcome.notice());
    }

    private static CommandState.Decided decided(Authorization authorization) {
        return new CommandState.Decided(Wire.name(authorization.decision()), authorization.rules());
    }
}
