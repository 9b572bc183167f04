package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.chaos.History.Promise;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What clients were told, against what the log says. */
final class Promises {

    private Promises() {}

    /** What is in the log without a 202, because the API died before it answered, must end as well. */
    static Finding areKept(History history) {
        var search = new Finding.Search();
        var outcomes = history.outcomesById();
        var commands = history.commandsById();
        var promised = history.promises().stream().map(Promise::id).collect(Collectors.toSet());
        for (var id : promised) {
            search.expect(commands.containsKey(id), "%s was promised and is not in the log", id);
        }
        var all = new TreeSet<>(promised);
        all.addAll(commands.keySet());
        for (var id : all) {
            var found = outcomes.getOrDefault(id, List.of());
            search.expect(found.size() == 1, "%s has %d outcomes: %s", id, found.size(), found);
        }
        for (var id : outcomes.keySet()) {
            search.expect(commands.containsKey(id), "%s has an outcome and is not in the log", id);
        }
        return search.of(
                "%d answers of 202, %d commands, %d outcomes",
                history.promises().size(), commands.size(), history.outcomes().size());
    }

    static Finding ofOneKeyAreOne(History history) {
        var search = new Finding.Search();
        var byKey = history.promises().stream()
                .filter(promise -> promise.key().isPresent())
                .collect(Collectors.groupingBy(promise -> promise.key().orElseThrow()));
        byKey.forEach((key, promises) -> {
            var ids = promises.stream().map(Promise::id).distinct().toList();
            search.expect(ids.size() == 1, "%s became %s", key, ids);
        });
        long repeated =
                byKey.values().stream().filter(promises -> promises.size() > 1).count();
        return search.of("%d keys, %d of them answered more than once", byKey.size(), repeated);
    }
}
