package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.chaos.History.Made;
import java.util.Comparator;
import java.util.List;

/** In which order the tenant was asked. */
final class Order {

    private Order() {}

    static Finding isOneAtATime(History history) {
        var search = new Finding.Search();
        var byTarget = history.callsByTarget();
        byTarget.forEach((target, calls) -> {
            var before = calls.getFirst();
            for (var made : calls.subList(1, calls.size())) {
                search.expect(
                        !made.call().began().isBefore(before.end()),
                        "%s: #%d of %s began before #%d of %s was over",
                        target,
                        made.call().number(),
                        made.command().id(),
                        before.call().number(),
                        before.command().id());
                before = made.end().isBefore(before.end()) ? before : made;
            }
        });
        long calls = byTarget.values().stream().mapToLong(List::size).sum();
        return search.of("%d calls on %d targets", calls, byTarget.size());
    }

    /** Not only each command's first effect counts: a late second one would undo what came in between. */
    static Finding isThatOfTheLog(History history) {
        var search = new Finding.Search();
        var byTarget = history.callsByTarget();
        byTarget.forEach((target, calls) -> {
            long latest = -1;
            for (var made : effects(calls)) {
                long offset = made.command().position().offset();
                search.expect(
                        offset >= latest,
                        "%s: #%d did what stands at %d after what stands at %d",
                        target,
                        made.call().number(),
                        offset,
                        latest);
                latest = Math.max(latest, offset);
            }
        });
        long several = byTarget.values().stream()
                .filter(calls -> calls.stream().map(Made::command).distinct().count() > 1)
                .count();
        return search.of("%d targets, %d of them of several commands", byTarget.size(), several);
    }

    private static List<Made> effects(List<Made> calls) {
        return calls.stream()
                .filter(made -> made.call().hadEffect())
                .sorted(Comparator.comparing(Made::end)
                        .thenComparing(made -> made.call().number()))
                .toList();
    }
}
