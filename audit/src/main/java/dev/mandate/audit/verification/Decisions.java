package dev.mandate.audit.verification;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
import dev.mandate.contracts.journal.Outcome;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.StepOutcome;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.DefaultPolicy;
import dev.mandate.contracts.policy.Effect;
import dev.mandate.contracts.policy.Facts;
import dev.mandate.contracts.policy.RequesterFacts;
import dev.mandate.contracts.policy.Standing;
import dev.mandate.contracts.policy.TargetFacts;
import dev.mandate.contracts.policy.TenantFacts;
import dev.mandate.contracts.topic.LogRecord.Position;
import dev.mandate.contracts.topic.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Computes decisions again. */
final class Decisions {

    private static final String NO_CALL = "It is said to be done, and no call to Auth0 is recorded.";
    private static final Set<OutcomeStatus> DONE = Set.of(OutcomeStatus.SUCCEEDED, OutcomeStatus.ACCEPTED_UPSTREAM);

    private final Catalogue catalogue;
    private final DefaultPolicy policy = new DefaultPolicy();
    private final Tally tally;

    Decisions(Catalogue catalogue, Tally tally) {
        this.catalogue = catalogue;
        this.tally = tally;
    }

    /** What the API decided, from what it copied out of the token. */
    void intake(Command command, Position place) {
        tally.examined(Check.INTAKE_DECISIONS);
        Optional<Action> action = catalogue.find(command.context().action());
        if (action.isEmpty()) {
            tally.fails(Check.INTAKE_DECISIONS, place, command.id(), "The catalogue has no such action.");
            return;
        }
        differs(command.authorization(), action.get(), command, asTheApiSawIt(action.get(), command))
                .ifPresent(reason -> tally.fails(Check.INTAKE_DECISIONS, place, command.id(), reason));
        if (command.authorization().decision() == Effect.DENY) {
            tally.fails(Check.INTAKE_DECISIONS, place, command.id(), "The API signed what it had denied.");
        }
    }

    /** What the worker decided and did. */
    void worker(Command command, Outcome outcome, Position place) {
        Optional<Action> action = catalogue.find(command.context().action());
        outcome.authorization().ifPresent(authorization -> {
            tally.examined(Check.WORKER_DECISIONS);
            action.map(entry -> recorded(authorization, entry, command))
                    .orElse(Optional.of("The catalogue has no such action."))
                    .ifPresent(reason -> tally.fails(Check.WORKER_DECISIONS, place, command.id(), reason));
            authorization.facts().ifPresent(facts -> permissions(facts, command, place));
        });
        execution(command, outcome, action, place);
    }

    private Facts asTheApiSawIt(Action action, Command command) {
        var requester = command.requester();
        return new Facts(
                new RequesterFacts(
                        requester.issuer(),
                        command.subject(),
                        requester.organization(),
                        requester.permissions(),
                        requester.roles(),
                        requester.application(),
                        Standing.UNVERIFIED),
                new TenantFacts(command.context().tenant(), List.of(requester.issuer()), requester.application()),
                action.targets(command.context().arguments()).stream()
                        .map(TargetFacts::unknown)
                        .toList());
    }

    private Optional<String> recorded(Authorization authorization, Action action, Command command) {
        if (authorization.facts().isEmpty()) {
            return Optional.of("The decision comes without the facts that it rests on.");
        }
        Facts facts = authorization.facts().get();
        if (!aboutTheRequester(facts.requester(), command)
                || !facts.tenant().alias().equals(command.context().tenant())) {
            return Optional.of("The recorded facts are about another requester or tenant.");
        }
        List<Target> targets = action.targets(command.context().arguments());
        if (!facts.targets().stream()
                .map(target -> new Target(target.type(), target.id()))
                .toList()
                .equals(targets)) {
            return Optional.of("The recorded facts are about other targets than the command's.");
        }
        return differs(authorization, action, command, facts);
    }

    private static boolean aboutTheRequester(RequesterFacts facts, Command command) {
        return facts.issuer().equals(command.requester().issuer())
                && facts.subject().equals(command.subject())
                && facts.organization().equals(command.requester().organization())
                && facts.application() == command.requester().application();
    }

    private Optional<String> differs(Authorization recorded, Action action, Command command, Facts facts) {
        if (!recorded.policy().equals(policy.hash())) {
            return Optional.of("It was decided by a policy whose text is not known here.");
        }
        Decision again = policy.decide(action, command.context().arguments(), facts);
        if (recorded.decision() != again.effect()) {
            return Optional.of("Recorded is " + name(recorded.decision()) + "; from the recorded facts follows "
                    + name(again.effect())
                    + again.denial().map(denial -> " (" + denial.code() + ")").orElse("")
                    + ".");
        }
        return recorded.rules().equals(again.rules())
                ? Optional.empty()
                : Optional.of("The decision is the same, but the rules behind it are others: " + again.rules() + ".");
    }

    private void permissions(Facts facts, Command command, Position place) {
        tally.examined(Check.PERMISSIONS);
        var beyond = new HashSet<>(facts.requester().permissions());
        beyond.removeAll(command.requester().permissions());
        if (!beyond.isEmpty()) {
            tally.fails(
                    Check.PERMISSIONS,
                    place,
                    command.id(),
                    "The worker counted " + beyond.size() + " permission(s) that the token does not hold: "
                            + beyond.stream().sorted().toList() + ".");
        }
    }

    private void execution(Command command, Outcome outcome, Optional<Action> action, Position place) {
        boolean done = DONE.contains(outcome.status());
        List<StepOutcome> steps = outcome.steps().orElse(List.of());
        if (!done && outcome.upstream().isEmpty() && steps.isEmpty()) {
            return;
        }
        tally.examined(Check.EXECUTION);
        if (done) {
            allowed(command, outcome, place);
        }
        if (steps.isEmpty() && done && outcome.upstream().isEmpty()) {
            fails(place, command, NO_CALL);
        }
        outcome.upstream().ifPresent(call -> called(command, call, action, done, place));
        for (StepOutcome step : steps) {
            if (step.status().isDone() && step.upstream().isEmpty()) {
                fails(place, command, NO_CALL);
            }
            step.upstream()
                    .ifPresent(call -> called(
                            command,
                            call,
                            catalogue.find(step.action()),
                            step.status().isDone(),
                            place));
        }
    }

    private void allowed(Command command, Outcome outcome, Position place) {
        Optional<Authorization> authorization = outcome.authorization();
        if (authorization.map(decision -> decision.decision() != Effect.ALLOW).orElse(true)) {
            fails(place, command, "It reached Auth0 without a decision that allows it.");
        } else if (authorization
                .flatMap(Authorization::facts)
                .map(facts ->
                        !facts.requester().application() && facts.requester().standing() != Standing.ACTIVE)
                .orElse(true)) {
            fails(place, command, "It was done although nobody had looked whether the requester is still there.");
        }
    }

    private void called(Command command, Upstream call, Optional<Action> action, boolean done, Position place) {
        if (!call.correlationId().equals(command.id().value())) {
            fails(place, command, "The call to Auth0 carried another correlation id than the command's.");
        }
        Optional<Action> asked = action.filter(
                entry -> entry.method().equals(call.method()) && entry.path().equals(call.route()));
        if (asked.isEmpty()) {
            fails(place, command, "Another operation was called than the one that was asked for.");
        } else if (done && !call.status().map(Decisions::isSuccess).orElse(true)) {
            fails(place, command, "It is said to be done, and Auth0's answer says otherwise.");
        }
    }

    /** Any 2xx (RFC 9110 §15.3): what Auth0 has done is done, even if it says so otherwise than it declares. */
    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private void fails(Position place, Command command, String reason) {
        tally.fails(Check.EXECUTION, place, command.id(), reason);
    }

    private static String name(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }
}
