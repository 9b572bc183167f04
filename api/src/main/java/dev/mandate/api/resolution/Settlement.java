package dev.mandate.api.resolution;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.log.CommandFetcher;
import dev.mandate.api.log.LogUnavailableException;
import dev.mandate.api.log.Wire;
import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.projection.ReadModelUnavailableException;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.CommandLinks;
import dev.mandate.api.status.CommandReads;
import dev.mandate.api.status.CommandState;
import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandReference;
import dev.mandate.contracts.command.ReceivedCommand;
import dev.mandate.contracts.journal.ReceivedStatement;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.Denial;
import dev.mandate.contracts.resolution.ResolutionPolicy;
import dev.mandate.contracts.topic.LogRecord;
import dev.mandate.contracts.topic.Topics;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Lets an entitled person say what became of a command whose outcome is {@code unknown}. */
final class Settlement {

    private final CommandReads reads;
    private final CommandFetcher log;
    private final Catalogue catalogue;
    private final ResolutionPolicy policy;
    private final Resolutions resolutions;
    private final CommandLinks links;
    private final MandateProperties properties;

    Settlement(
            CommandReads reads,
            CommandFetcher log,
            Catalogue catalogue,
            ResolutionPolicy policy,
            Resolutions resolutions,
            CommandLinks links,
            MandateProperties properties) {
        this.reads = reads;
        this.log = log;
        this.catalogue = catalogue;
        this.policy = policy;
        this.resolutions = resolutions;
        this.links = links;
        this.properties = properties;
    }

    /**
     * Settles it.
     *
     * @return the command as it stands then; or where the resolution was appended, when the read model can't tell yet
     *     whether it was the first
     * @throws ProblemException 404 when the caller may not see the command, 403 when they may not settle it, 409
     *     {@code resolution.not_unknown}, {@code resolution.conflict} or {@code resolution.out_of_reach}, 503
     * @throws ReadModelUnavailableException when nothing can be said of the command
     * @throws Exception when the thread is interrupted
     */
    Settled settle(Caller caller, String ip, String id, ResolutionRequest request) throws Exception {
        CommandState state = reads.read(caller, id, Optional.empty(), Duration.ZERO);
        if (!state.isUnknown()) {
            throw conflict("resolution.not_unknown", "Only a command whose outcome is unknown can be settled");
        }
        Sources sources = sources(state);
        Decision decision = allowed(caller, sources.command().command());
        if (state.resolution().isPresent()) {
            return new Settled.Known(agreed(state, request));
        }
        LogRecord.Position position =
                resolutions.send(caller, ip, request, sources.command(), sources.outcome(), decision);
        // Of two people who settle it at once the first counts, and the log says who that was.
        return behind(caller, id, position)
                .<Settled>map(now -> new Settled.Known(agreed(now, request)))
                .orElseGet(() -> new Settled.Recorded(position));
    }

    private Optional<CommandState> behind(Caller caller, String id, LogRecord.Position position) throws Exception {
        try {
            return Optional.of(reads.read(caller, id, Optional.of(links.token(id, position)), Duration.ZERO));
        } catch (ReadModelUnavailableException | ProblemException e) {
            return Optional.empty(); // it is recorded, whatever stands in the way of reading
        }
    }

    private static CommandState agreed(CommandState state, ResolutionRequest request) {
        return state.resolution()
                .filter(known -> known.verdict().equals(Wire.name(request.verdict())))
                .map(known -> state)
                .orElseThrow(() -> conflict("resolution.conflict", "It has been settled otherwise before"));
    }

    private record Sources(ReceivedCommand command, ReceivedStatement outcome) {}

    /** The command and its outcome as they stand in the log: the database is not believed. */
    private Sources sources(CommandState state) {
        CommandState.Submitted submitted = state.submitted().orElseThrow();
        LogRecord.Position at = submitted.position();
        var reference = new CommandReference(
                new CommandId(state.id()), submitted.payloadHash(), at.topic(), at.partition(), at.offset());
        var end = new LogRecord.Position(
                Topics.RESULTS, at.partition(), state.ended().orElseThrow().offset());
        try {
            return log.fetch(reference)
                    .flatMap(command -> log.fetchStatement(end)
                            .filter(outcome ->
                                    outcome.statement().event().command().equals(reference))
                            .map(outcome -> new Sources(command, outcome)))
                    .orElseThrow(() ->
                            conflict("resolution.out_of_reach", "The log no longer holds the command, or its outcome"));
        } catch (LogUnavailableException e) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "broker.unavailable",
                    "Service Unavailable",
                    "The log can't be asked; nothing was done");
        }
    }

    private Decision allowed(Caller caller, Command command) {
        Action action = catalogue
                .find(command.context().action())
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "action.unknown",
                        "Unprocessable Content",
                        "There is no such action any more"));
        Decision decision = policy.decide(
                action,
                command,
                caller.facts(),
                properties.tenantFacts(command.context().tenant()));
        decision.denial().ifPresent(denial -> {
            throw forbidden(denial);
        });
        return decision;
    }

    private static ProblemException conflict(String code, String detail) {
        return new ProblemException(HttpStatus.CONFLICT, code, "Conflict", detail);
    }

    private static ProblemException forbidden(Denial denial) {
        return new ProblemException(Problem.of(HttpStatus.FORBIDDEN, denial.code(), "Forbidden", denial.because()));
    }
}
