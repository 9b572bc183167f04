package dev.mandate.audit.verification;

import dev.mandate.contracts.command.CommandId;
import java.util.UUID;

/**
 * A set of command ids in 64 bits each, since there may be many millions. An id that is in it is always found; another
 * is taken for one that is in it once in 10¹⁹ comparisons.
 */
final class Ids {

    private static final int FIRST_SIZE = 1 << 10;

    // 0 stands for a free place.
    private long[] table = new long[FIRST_SIZE];
    private int size;

    /** Adds an id; false if it was there. */
    boolean add(CommandId id) {
        UUID uuid = UUID.fromString(id.value());
        long mixed = uuid.getMostSignificantBits() * 0x9E37_79B9_7F4A_7C15L ^ uuid.getLeastSignificantBits();
        if (!put(table, mixed == 0 ? 1 : mixed)) {
            return false;
        }
        size++;
        if (size * 2 > table.length) {
            long[] larger = new long[table.length * 2];
            for (long entry : table) {
                if (entry != 0) {
                    put(larger, entry);
                }
            }
            table = larger;
        }
        return true;
    }

    private static boolean put(long[] table, long entry) {
        int i = Long.hashCode(entry) & (table.length - 1);
        while (table[i] != 0) {
            if (table[i] == entry) {
                return false;
            }
            i = (i + 1) & (table.length - 1);
        }
        table[i] = entry;
        return true;
    }
}
