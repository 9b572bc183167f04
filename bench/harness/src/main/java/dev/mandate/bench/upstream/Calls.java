package dev.mandate.bench.upstream;

import java.util.BitSet;

/**
 * Remembers every call that changes something. Commands are numbered, so it can tell whether one came twice, and
 * whether two on one target came out of order or overlapped.
 */
final class Calls {

    private final Target[] targets;
    private final BitSet begun = new BitSet();
    private final BitSet seen = new BitSet();
    private long answered;
    private long distinct;
    private long duplicates;
    private long disorders;
    private long nanos;

    private static final class Target {

        private int last = -1;
        private int underWay;
    }

    /** Nothing was called yet. */
    Calls(int targets) {
        this.targets = new Target[targets];
        for (int i = 0; i < targets; i++) {
            this.targets[i] = new Target();
        }
    }

    /** A call begins. */
    synchronized void begin(int target, int command) {
        var on = targets[target];
        if (begun.get(command)) {
            duplicates++;
        } else if (on.underWay > 0 || command < on.last) {
            disorders++;
        }
        begun.set(command);
        on.underWay++;
        on.last = Math.max(on.last, command);
    }

    /** A call ends. */
    synchronized void end(int target, int command, long took) {
        targets[target].underWay--;
        if (!seen.get(command)) {
            seen.set(command);
            distinct++;
        }
        answered++;
        nanos += took;
    }

    synchronized Seen seen() {
        return new Seen(answered, distinct, duplicates, disorders, nanos);
    }

    /** Counts from zero again; which commands were seen is not forgotten, nor what has gone wrong. */
    synchronized void forget() {
        answered = 0;
        distinct = 0;
        nanos = 0;
    }
}
