package dev.mandate.bench.worker;

import dev.mandate.bench.stage.Stage;
import java.util.function.Function;

/**
 * Something that can execute commands.
 *
 * @param key what to call it on the command line and in JSON
 * @param name what to call it in tables
 * @param store what keeps its work and its results
 * @param start starts it on a stage
 */
record Opponent(String key, String name, Store store, Function<Stage, Contender> start) {

    /** Either of them runs only while it is needed. */
    enum Store {
        KAFKA,
        POSTGRESQL
    }
}
