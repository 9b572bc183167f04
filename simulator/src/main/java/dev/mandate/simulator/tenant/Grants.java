package dev.mandate.simulator.tenant;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who holds what: an insertion-ordered relation between a holder's id and things held.
 *
 * @param <T> what is held
 */
public final class Grants<T> {

    private final Map<String, Set<T>> held = new LinkedHashMap<>();

    /** What a holder has. */
    public synchronized Set<T> of(String holder) {
        return new LinkedHashSet<>(held.getOrDefault(holder, Set.of()));
    }

    /** Who has a thing. */
    public synchronized List<String> holders(T thing) {
        return held.entrySet().stream()
                .filter(each -> each.getValue().contains(thing))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Takes a thing away from everybody. */
    public synchronized void withdraw(T thing) {
        held.values().forEach(things -> things.remove(thing));
    }

    /** Gives things to a holder, who may have some already. */
    public synchronized void give(String holder, Collection<T> things) {
        held.computeIfAbsent(holder, _ -> new LinkedHashSet<>()).addAll(things);
    }

    /** Takes things away from a holder, who need not have them. */
    public synchronized void take(String holder, Collection<T> things) {
        Set<T> has = held.get(holder);
        if (has != null) {
            has.removeAll(things);
        }
    }

    /** Takes everything away from a holder. */
    public synchronized void takeAll(String holder) {
        held.remove(holder);
    }

    synchronized void clear() {
        held.clear();
    }
}
