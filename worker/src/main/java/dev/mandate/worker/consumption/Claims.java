package dev.mandate.worker.consumption;

import dev.mandate.worker.limits.Family;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who waits on one lane: for a place alone, or for the toll of a family too. */
final class Claims {

    private final Deque<Claim> free = new ArrayDeque<>();
    private final Map<Family, Deque<Claim>> paying = new LinkedHashMap<>();

    /** Those who have nothing to pay. */
    Deque<Claim> free() {
        return free;
    }

    /** The others, by what they have to pay. */
    Map<Family, Deque<Claim>> paying() {
        return paying;
    }

    void add(Claim claim) {
        claim.toll()
                .map(family -> paying.computeIfAbsent(family, one -> new ArrayDeque<>()))
                .orElse(free)
                .add(claim);
    }

    /** Whether it was here. */
    boolean remove(Claim claim) {
        boolean removed = free.remove(claim);
        for (Deque<Claim> line : paying.values()) {
            removed |= line.remove(claim);
        }
        paying.values().removeIf(Deque::isEmpty);
        return removed;
    }

    void dropGone() {
        free.removeIf(claim -> claim.home().isGone());
        paying.values().forEach(line -> line.removeIf(claim -> claim.home().isGone()));
        paying.values().removeIf(Deque::isEmpty);
    }

    /** How many have something to pay. */
    int payers() {
        return paying.values().stream().mapToInt(Deque::size).sum();
    }
}
