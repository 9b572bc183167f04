package dev.mandate.sandbox.chaos;

import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.sandbox.chaos.History.Asked;
import dev.mandate.sandbox.chaos.History.Call;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tenant did, against what was asked for and what was said of it. */
final class Effects {

    private static final Set<Repeat> CREATIONS = EnumSet.of(Repeat.GUARDED, Repeat.UNSAFE);
    private static final Set<OutcomeStatus> ADMITTING =
            EnumSet.of(OutcomeStatus.SUCCEEDED, OutcomeStatus.ACCEPTED_UPSTREAM, OutcomeStatus.UNKNOWN);

    private Effects() {}

    static Finding areCommanded(History history) {
        var search = new Finding.Search();
        var commands = history.commandsById();
        for (var call : history.calls()) {
            var command = call.id()
                    .flatMap(id -> Optional.ofNullable(commands.get(id)))
                    .filter(found -> found.repeat() != Repeat.SAFE);
            search.expect(
                    command.isPresent(),
                    "#%d carries %s, which is no command to change anything",
                    call.number(),
                    call.id().orElse("no correlation id"));
            command.ifPresent(found -> search.expect(
                    call.request().equals(found.request()),
                    "#%d asks for %s, and its command for %s",
                    call.number(),
                    call.request(),
                    found.request()));
        }
        return search.of("%d requests for a change", history.calls().size());
    }

    static Finding happenOnce(History history) {
        var search = new Finding.Search();
        var calls = history.callsById();
        var outcomes = history.outcomesById();
        var creations = history.commands().stream()
                .filter(command -> CREATIONS.contains(command.repeat()))
                .toList();
        for (var creation : creations) {
            long effects = effects(calls.get(creation.id()));
            // What is unsafe is never tried again; what Auth0 guards against is, and may find what it guards removed.
            boolean mayBeAgain = creation.repeat() == Repeat.GUARDED
                    && outcomes.getOrDefault(creation.id(), List.of()).contains(OutcomeStatus.UNKNOWN);
            search.expect(effects < 2 || mayBeAgain, "%s happened %d times", creation.id(), effects);
        }
        long unknown = creations.stream()
                .filter(creation ->
                        outcomes.getOrDefault(creation.id(), List.of()).contains(OutcomeStatus.UNKNOWN))
                .count();
        return search.of("%d creations, %d of them unknown", creations.size(), unknown);
    }

    static Finding areThereWhereSucceeded(History history) {
        var search = new Finding.Search();
        var calls = history.callsById();
        var outcomes = history.outcomesById();
        var succeeded = writes(history).stream()
                .filter(command ->
                        outcomes.getOrDefault(command.id(), List.of()).contains(OutcomeStatus.SUCCEEDED))
                .toList();
        for (var command : succeeded) {
            search.expect(
                    effects(calls.get(command.id())) > 0, "%s is said to have succeeded and did not", command.id());
        }
        return search.of(
                "%d of %d writes succeeded", succeeded.size(), writes(history).size());
    }

    /** A run in which next to nothing was done would prove next to nothing. */
    static Finding areMany(History history) {
        var search = new Finding.Search();
        var outcomes = history.outcomesById();
        var writes = writes(history);
        long succeeded = writes.stream()
                .filter(command ->
                        outcomes.getOrDefault(command.id(), List.of()).contains(OutcomeStatus.SUCCEEDED))
                .count();
        search.expect(!history.promises().isEmpty(), "Nothing was promised");
        search.expect(
                succeeded > 0 && 2 * succeeded >= writes.size(), "%d of %d writes succeeded", succeeded, writes.size());
        return search.of(
                "%d answers of 202, %d writes that succeeded",
                history.promises().size(), succeeded);
    }

    static Finding areTold(History history) {
        var search = new Finding.Search();
        var outcomes = history.outcomesById();
        var calls = history.callsById();
        var effective = writes(history).stream()
                .filter(command -> effects(calls.get(command.id())) > 0)
                .map(Asked::id)
                .toList();
        for (var id : effective) {
            var said = outcomes.getOrDefault(id, List.of());
            search.expect(said.stream().anyMatch(ADMITTING::contains), "%s was done, and its outcome is %s", id, said);
        }
        long again = effective.stream().filter(id -> effects(calls.get(id)) > 1).count();
        return search.of("%d commands with an effect, %d of them with several", effective.size(), again);
    }

    /** The documents themselves, whatever the tenant answered. */
    static Finding last(History history) {
        var search = new Finding.Search();
        var calls = history.callsById();
        var byTarget = writes(history).stream()
                .filter(command -> command.marker().isPresent() && effects(calls.get(command.id())) > 0)
                .collect(Collectors.groupingBy(
                        Asked::target,
                        Collectors.maxBy(Comparator.comparingLong(
                                command -> command.position().offset()))));
        byTarget.forEach((target, last) -> {
            var marker = last.flatMap(Asked::marker);
            var found = Optional.ofNullable(history.markers().get(target));
            search.expect(
                    found.equals(marker),
                    "%s bears %s instead of %s",
                    target,
                    found.orElse("nothing"),
                    marker.orElse("nothing"));
        });
        for (var target : history.markers().keySet()) {
            search.expect(byTarget.containsKey(target), "%s bears a marker that no command wrote", target);
        }
        return search.of("%d people changed or created", byTarget.size());
    }

    private static List<Asked> writes(History history) {
        return history.commands().stream()
                .filter(command -> command.repeat() != Repeat.SAFE)
                .toList();
    }

    private static long effects(@Nullable List<Call> calls) {
        return calls == null ? 0 : calls.stream().filter(Call::hadEffect).count();
    }
}
