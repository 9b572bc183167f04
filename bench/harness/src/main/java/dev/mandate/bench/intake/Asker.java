package dev.mandate.bench.intake;

/** Hands over one command at a time. Used by one thread. */
interface Asker extends AutoCloseable {

    /** Hands over a command, and returns whether it was accepted once that is known. */
    boolean ask() throws InterruptedException;

    @Override
    void close();
}
