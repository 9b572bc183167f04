package dev.mandate.bench.stage;

import dev.mandate.sandbox.Names;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Numbers commands, none twice, and says which target each is about: the same ones for the same seed. */
public final class Numbers {

    private final Random random;
    private int last;

    /** From one on. */
    public Numbers(long seed) {
        this.random = new Random(seed);
    }

    /**
     * A command.
     *
     * @param number its number
     * @param target the number of its target
     */
    public record Numbered(int number, int target) {

        /** Whom it is about. */
        public String user() {
            return "auth0|target%04d".formatted(target);
        }

        /** What is sent to the upstream. */
        public String body() {
            return "{\"nickname\":\"n%08d\"}".formatted(number);
        }

        /** What the API is asked for, with {@code POST /v1/commands}. */
        public byte[] command() {
            return "{\"tenant\":\"%s\",\"action\":\"users.update\",\"arguments\":{\"id\":\"%s\",\"body\":%s},\"reason\":\"INC-4711\"}"
                    .formatted(Names.TENANT, user(), body())
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The next one. */
    public synchronized Numbered next() {
        return new Numbered(++last, random.nextInt(Stage.TARGETS));
    }
}
