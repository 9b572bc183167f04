package dev.mandate.sandbox.chaos;

import dev.mandate.contracts.json.StrictJson;
import dev.mandate.sandbox.client.Ask;
import dev.mandate.simulator.seed.DemoSeed;
import java.util.Optional;
import java.util.Random;

/** What clients ask for, one after the other: always the same for a seed. */
final class Wishes {

    /** Few enough that several commands for one person are under way at once. */
    private static final int PEOPLE = 16;

    /** How the addresses of those begin who are created. */
    static final String CREATED = "chaos";

    private final long seed;
    private final Random random;
    private int number;

    Wishes(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /**
     * A request.
     *
     * @param number counts from 1
     * @param twice whether it is sent twice at the same time, to different APIs
     */
    record Wish(int number, Ask ask, boolean twice) {}

    Wish next() {
        number++;
        var user = DemoSeed.crowd(random.nextInt(PEOPLE));
        int kind = random.nextInt(100);
        boolean keyed = random.nextInt(4) > 0;
        boolean twice = keyed && random.nextInt(6) == 0;
        var ask = kind < 20 ? read(user) : kind < 65 ? update(user) : kind < 83 ? create() : ticket(user);
        return new Wish(number, keyed ? ask.keyed("chaos-%d-%d".formatted(seed, number)) : ask, twice);
    }

    private static Ask read(String user) {
        return Ask.of("users.get", user);
    }

    private Ask update(String user) {
        return Ask.of("users.update", user).with("{\"user_metadata\":{\"marker\":\"%s\"}}".formatted(marker()));
    }

    private Ask create() {
        return withoutId("users.create").with("""
                        {"connection":"Username-Password-Authentication","email":"%s%d@acme.example",\
                        "password":"Not-a-secret-%d!","user_metadata":{"marker":"%s"}}""".formatted(CREATED, number, number, marker()));
    }

    private static Ask ticket(String user) {
        return withoutId("tickets.changePassword").with("{\"user_id\":\"%s\"}".formatted(user));
    }

    private static Ask withoutId(String action) {
        return new Ask(action, StrictJson.object(), Optional.empty(), Optional.empty());
    }

    private String marker() {
        return "m" + number;
    }
}
