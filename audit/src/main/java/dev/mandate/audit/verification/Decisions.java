package dev.mandate.audit.verification;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.contracts.command.Authorization;
import dev.mandate.contracts.command.Command;
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
import java.util.function.Function;

/** Computes decisions again, where the policy and the catalogue that they were made with are known. */
final class Decisions {

    private static final String OTHER_CATALOGUE =
            "decided with a catalogue that is not known here, and so not computed again";
    private static final String OTHER_POLICY =
            "decided by a policy whose text is not known here, and so not computed again";

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
        Authorization authorization = command.authorization();
        again(Check.INTAKE_DECISIONS, authorization, command, action -> asTheApiSawIt(action, command))
                .ifPresent(reason -> tally.fails(Check.INTAKE_DECISIONS, place, command.id(), reason));
        if (authorization.decision() == Effect.DENY) {
            tally.fails(Check.INTAKE_DECISIONS, place, command.id(), "The API signed what it had denied.");
        }
    }

    /** What the worker decided, as a statement about this command says it. */
    void worker(Command command, Authorization authorization, Position place) {
        tally.examined(Check.WORKER_DECISIONS);
        recorded(authorization, command)
                .ifPresent(reason -> tally.fails(Check.WORKER_DECISIONS, place, command.id(), reason));
        authorization.facts().ifPresent(facts -> permissions(facts, command, place));
    }

    /**
     * Whether this is the catalogue that a decision was made with. Those that name none are of before there were two.
     */
    boolean isKnown(Authorization authorization) {
        return authorization.catalogue().map(catalogue.hash()::equals).orElse(true);
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

    private Optional<String> recorded(Authorization authorization, Command command) {
        if (authorization.facts().isEmpty()) {
            return Optional.of("The decision comes without the facts that it rests on.");
        }
        Facts facts = authorization.facts().get();
        if (!aboutTheRequester(facts.requester(), command)
                || !facts.tenant().alias().equals(command.context().tenant())) {
            return Optional.of("The recorded facts are about another requester or tenant.");
        }
        boolean others = isKnown(authorization)
                && catalogue
                        .find(command.context().action())
                        .filter(action -> !targets(facts)
                                .equals(action.targets(command.context().arguments())))
                        .isPresent();
        return others
                ? Optional.of("The recorded facts are about other targets than the command's.")
                : again(Check.WORKER_DECISIONS, authorization, command, action -> facts);
    }

    private static List<Target> targets(Facts facts) {
        return facts.targets().stream()
                .map(target -> new Target(target.type(), target.id()))
                .toList();
    }

    private static boolean aboutTheRequester(RequesterFacts facts, Command command) {
        return facts.issuer().equals(command.requester().issuer())
                && facts.subject().equals(command.subject())
                && facts.organization().equals(command.requester().organization())
                && facts.application() == command.requester().application();
    }

    /** What is wrong with a decision, going by these facts. */
    private Optional<String> again(
            Check check, Authorization recorded, Command command, Function<Action, Facts> facts) {
        if (!recorded.policy().equals(policy.hash())) {
            tally.leftOpen(check, OTHER_POLICY);
            return Optional.empty();
        }
        if (!isKnown(recorded)) {
            tally.leftOpen(check, OTHER_CATALOGUE);
            return Optional.empty();
        }
        return catalogue
                .find(command.context().action())
                .map(action -> differs(recorded, action, command, facts.apply(action)))
                .orElse(Optional.of("The catalogue has no such action."));
    }

    private Optional<String> differs(Authorization recorded, Action action, Command command, Facts facts) {
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

    private static String name(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }
}
