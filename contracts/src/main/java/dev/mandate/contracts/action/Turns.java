package dev.mandate.contracts.action;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The turns that were taken along a schema ({@link FlatSchemas.Route}), so that none is taken twice. The deepest forks
 * decide how many turns there are; most turns never come to those, and are one of a few again and again.
 */
final class Turns {

    private final Map<BigInteger, Set<BigInteger>> taken = new HashMap<>();

    /**
     * After how many turns the same way is taken through all the forks that were met.
     *
     * @param turns a multiple of what each of them takes to come round
     */
    record Period(BigInteger turns) {

        static final Period ONE = new Period(BigInteger.ONE);

        /** The period with another fork, which comes round after so many turns. */
        Period and(int ways) {
            BigInteger other = BigInteger.valueOf(ways);
            return turns.mod(other).signum() == 0
                    ? this
                    : new Period(turns.divide(turns.gcd(other)).multiply(other));
        }
    }

    /** Whether a turn makes the same choices as one that was taken. */
    boolean isRepetition(int turn) {
        BigInteger number = BigInteger.valueOf(turn);
        return taken.entrySet().stream().anyMatch(each -> each.getValue().contains(number.mod(each.getKey())));
    }

    void taken(int turn, Period period) {
        taken.computeIfAbsent(period.turns, _ -> new HashSet<>())
                .add(BigInteger.valueOf(turn).mod(period.turns));
    }
}
