package dev.mandate.sandbox.chaos;

import java.util.function.Consumer;

/** What goes wrong in a run. */
interface Trouble {

    /**
     * Has it go wrong, and returns when all of it is over.
     *
     * @param strike strikes a blow and returns when it is undone
     */
    void make(Consumer<Blow> strike);
}
