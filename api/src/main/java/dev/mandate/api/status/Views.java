package dev.mandate.api.status;

import dev.mandate.api.log.CommandOwners.Owner;
import dev.mandate.api.log.Wire;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import dev.mandate.contracts.sealing.Opener;
import dev.mandate.contracts.sealing.SealingContext;
import dev.mandate.contracts.sealing.UnsealException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Shows commands. Whoever asks it has made sure that the command may be seen. */
final class Views {

    private static final String OPENED = "opened";
    private static final String SEALED = "sealed";
    private static final String UNREADABLE = "unreadable";

    private final Opener opener;

    Views(Opener opener) {
        this.opener = opener;
    }

    private record Answer(String state, Optional<JsonNode> content) {}

    /**
     * The command as its requester sees it, with Auth0's answers opened.
     *
     * @param requester whom it is shown to, as their token says: a read model that names somebody else as the one who
     *     asked must not have an answer opened for them
     */
    CommandView own(Owner requester, CommandState state, Map<String, String> links) {
        return view(
                state,
                links,
                jwe -> open(
                        SealingContext.result(
                                state.id(), requester.issuer(), requester.organization(), requester.subject()),
                        jwe));
    }

    /** The command as others see it, and as lists show it: Auth0's answers stay sealed. */
    CommandView sealed(CommandState state, Map<String, String> links) {
        return view(state, links, jwe -> new Answer(SEALED, Optional.empty()));
    }

    /** @param reading what becomes of a sealed answer */
    private static CommandView view(CommandState state, Map<String, String> links, Function<String, Answer> reading) {
        CommandState.Submitted command = state.submitted()
                .orElseThrow(() -> new IllegalArgumentException("Only commands that were seen can be shown"));
        Optional<CommandState.Ended> ended = state.ended();
        Optional<Answer> answer = ended.flatMap(CommandState.Ended::result).map(reading);
        return new CommandView(
                state.id(),
                state.status(),
                command.tenant(),
                command.action(),
                new CommandView.TargetView(
                        command.target().type(), command.target().id()),
                command.lane(),
                command.reason(),
                person(command.owner()),
                command.clientId(),
                command.txn(),
                command.at(),
                command.deadline(),
                state.started().map(CommandState.Started::at),
                ended.map(CommandState.Ended::attempt).or(() -> state.started().map(CommandState.Started::attempt)),
                ended.map(CommandState.Ended::at),
                command.payloadHash(),
                new CommandView.PlaceView(
                        command.position().topic(),
                        command.position().partition(),
                        command.position().offset()),
                decision(ended.flatMap(CommandState.Ended::decided).orElse(command.decided())),
                ended.flatMap(CommandState.Ended::upstream)
                        .map(call ->
                                new CommandView.UpstreamView(call.status(), call.method(), call.route(), call.logId())),
                ended.flatMap(CommandState.Ended::failure)
                        .map(failure -> new CommandView.ErrorView(failure.code(), failure.message())),
                answer.map(Answer::state),
                answer.flatMap(Answer::content),
                ended.map(CommandState.Ended::steps)
                        .filter(steps -> !steps.isEmpty())
                        .map(steps ->
                                steps.stream().map(step -> view(step, reading)).toList()),
                ended.flatMap(CommandState.Ended::notice),
                state.resolution().map(Views::view),
                links);
    }

    private static CommandView.RequesterView person(Owner owner) {
        return new CommandView.RequesterView(owner.issuer(), owner.subject(), owner.organization());
    }

    private static CommandView.ResolutionView view(CommandState.Resolved resolved) {
        return new CommandView.ResolutionView(
                resolved.verdict(), resolved.reason(), person(resolved.by()), resolved.at());
    }

    private static CommandView.StepView view(StepOutcome step, Function<String, Answer> reading) {
        Optional<Answer> answer = step.result().map(reading);
        return new CommandView.StepView(
                step.action(),
                Wire.name(step.status()),
                step.attempt(),
                step.upstream()
                        .map(call ->
                                new CommandView.UpstreamView(call.status(), call.method(), call.route(), call.logId())),
                step.error().map(error -> new CommandView.ErrorView(error.code(), error.message())),
                answer.map(Answer::state),
                answer.flatMap(Answer::content));
    }

    private static CommandView.DecisionView decision(CommandState.Decided decided) {
        return new CommandView.DecisionView(decided.decision(), decided.rules());
    }

    private Answer open(SealingContext context, String jwe) {
        try {
            byte[] content = opener.open(context, jwe);
            return new Answer(OPENED, Optional.of(StrictJson.parseForeign(content)));
        } catch (UnsealException | MalformedJsonException e) {
            // The key was destroyed after the retention of results, as it should be, or it is somebody else's.
            return new Answer(UNREADABLE, Optional.empty());
        }
    }
}
