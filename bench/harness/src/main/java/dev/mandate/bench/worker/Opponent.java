package dev.mandate.bench.worker;

import dev.mandate.bench.stage.Stage;
import java.util.function.Function;

/**
 * Something that can execute commands.
 *
 * @param key what to call it on the command line and in JSON
 * @param name what to call it in tables
 * @param start starts it on a stage
 */
record Opponent(String key, String name, Function<Stage, Contender> start) {}
