package dev.mandate.sandbox.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What workers can be without, so that the checker is shown what comes of it: {@code Weakness} in the tests of the
 * worker says how.
 *
 * <p>Each has a seed, and properties that its workers violate under {@link Experiment}'s plan.
 */
public enum Broken {
    /** Workers as they are, which violate nothing. */
    NOTHING(1),

    /** Offsets are committed in nobody's name, so that no epoch is checked. */
    FENCING(1, Property.KEPT),

    /** Transactions carry no offsets. */
    OFFSETS(1, Property.KEPT),

    /** Work of a partition that was revoked or lost is committed under a newer epoch. */
    REVOKED(1, Property.KEPT),

    /** Calls may begin at any time after they were journaled as started, and nobody waits for another's. */
    BOUNDS(1, Property.ALONE),

    /** Nothing is journaled as started. */
    STARTS(1, Property.ALONE),

    /** The journal is not read back. */
    RECOVERY(1, Property.KEPT, Property.ALONE, Property.ONCE, Property.TOLD);

    private final long seed;
    private final Set<Property> violates;

    /** @param violates what can come of it; one of these is enough */
    Broken(long seed, Property... violates) {
        this.seed = seed;
        this.violates = Set.of(violates);
    }

    /**
     * All of them, or the one of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static List<Broken> named(String name) {
        return name.equals("all") ? Arrays.asList(values()) : List.of(valueOf(name.toUpperCase(Locale.ROOT)));
    }

    long seed() {
        return seed;
    }

    /** Whether a run came out as it must with workers that are without this. */
    boolean isFoundOutBy(Judgement judgement) {
        return violates.isEmpty()
                ? judgement.holds()
                : judgement.violated().stream().filter(violates::contains).anyMatch(one -> counts(one, judgement));
    }

    /** That a command has no outcome yet may be due to a slow machine; that it has two is not. */
    private static boolean counts(Property violated, Judgement judgement) {
        return violated != Property.KEPT
                || judgement.history().outcomesById().values().stream().anyMatch(outcomes -> outcomes.size() > 1);
    }

    /** In a few words, for people. */
    String inWords() {
        return this == NOTHING ? "workers that are as they are" : "workers without " + name().toLowerCase(Locale.ROOT);
    }

    /** What a worker is told, if anything. */
    Optional<String> weakness() {
        return this == NOTHING ? Optional.empty() : Optional.of(name());
    }
}
