package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.chaos.History.Promise;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Whether or not it was promised: an answer that was lost may have been that of another command. */
    static Finding ofOneKeyAreOne(History history) {
        var search = new Finding.Search();
        var promised = history.promises().stream()
                .flatMap(promise -> promise.key().map(key -> Map.entry(key, promise.id())).stream());
        var logged = history.commands().stream()
                .flatMap(command -> command.key().map(key -> Map.entry(key, command.id())).stream());
        var byKey = Stream.concat(promised, logged)
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        byKey.forEach((key, ids) -> search.expect(ids.size() == 1, "%s became %s", key, ids));
        long repeated = history.promises().stream()
                .flatMap(promise -> promise.key().stream())
                .collect(Collectors.groupingBy(key -> key, Collectors.counting()))
                .values()
                .stream()
                .filter(answers -> answers > 1)
                .count();
        return search.of("%d keys, %d of them answered more than once", byKey.size(), repeated);
    }
}
