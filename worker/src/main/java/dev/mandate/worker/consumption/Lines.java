package dev.mandate.worker.consumption;

import dev.mandate.worker.limits.Family;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who waits on one lane: for a place alone, or for the toll of a family too. */
final class Lines {

    private final Deque<Waiting> free = new ArrayDeque<>();
    private final Map<Family, Deque<Waiting>> paying = new LinkedHashMap<>();

    /** Those who have nothing to pay. */
    Deque<Waiting> free() {
        return free;
    }

    /** The others, by what they have to pay. */
    Map<Family, Deque<Waiting>> paying() {
        return paying;
    }

    void add(Waiting waiting) {
        waiting.toll()
                .map(family -> paying.computeIfAbsent(family, one -> new ArrayDeque<>()))
                .orElse(free)
                .add(waiting);
    }

    /** Whether it was here. */
    boolean remove(Waiting waiting) {
        boolean removed = free.remove(waiting);
        for (Deque<Waiting> line : paying.values()) {
            removed |= line.remove(waiting);
        }
        paying.values().removeIf(Deque::isEmpty);
        return removed;
    }

    void dropGone() {
        free.removeIf(waiting -> waiting.home().isGone());
        paying.values().forEach(line -> line.removeIf(waiting -> waiting.home().isGone()));
        paying.values().removeIf(Deque::isEmpty);
    }

    /** How many have something to pay. */
    int payers() {
        return paying.values().stream().mapToInt(Deque::size).sum();
    }
}
