package dev.mandate.sandbox.chaos;

/** What goes wrong in a run. */
interface Trouble {

    /** Has it go wrong, and returns when all of it is over. */
    void make(Scene scene);

    /** Where it goes wrong. */
    interface Scene {

        /** Strikes a blow and returns when it is undone. */
        void strike(Blow blow);

        /** Whether, of late, commands were accepted and executed. */
        boolean isAlive();
    }
}
