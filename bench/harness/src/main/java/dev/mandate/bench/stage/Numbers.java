package dev.mandate.bench.stage;

import dev.mandate.sandbox.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Numbers commands, none twice, and says which target each is about: the same ones for the same seed. */
public final class Numbers {

    private final Random random;
    private final AtomicInteger last;
    private final List<Integer> targets;

    /** From one on, about any target. */
    public Numbers(long seed) {
        this(
                new Random(seed),
                new AtomicInteger(),
                IntStream.range(0, Stage.TARGETS).boxed().toList());
    }

    private Numbers(Random random, AtomicInteger last, List<Integer> targets) {
        this.random = random;
        this.last = last;
        this.targets = targets;
    }

    /** Commands about these targets only, numbered on from those of this one, which goes on beside it. */
    public Numbers among(List<Integer> few) {
        return new Numbers(random, last, List.copyOf(few));
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
            return Numbers.user(target);
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

    static String user(int target) {
        return "auth0|target%04d".formatted(target);
    }

    /** The next one. */
    public Numbered next() {
        synchronized (last) {
            return new Numbered(last.incrementAndGet(), targets.get(random.nextInt(targets.size())));
        }
    }
}
