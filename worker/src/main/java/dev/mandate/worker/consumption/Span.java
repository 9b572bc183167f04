package dev.mandate.worker.consumption;

/**
 * A part of the journal of one partition number.
 *
 * @param start its first offset
 * @param end the offset behind its last
 */
record Span(long start, long end) {

    static final Span NOTHING = new Span(0, 0);

    boolean isEmpty() {
        return start >= end;
    }
}
