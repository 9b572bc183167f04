package dev.mandate.simulator.tenant;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes ids in the shapes that Auth0 gives them. */
public final class Ids {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final RandomGenerator random;

    /**
     * Ids out of a source of randomness.
     *
     * @param random where they come from; a test may give it a seed
     */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** Ids that nobody can guess. */
    public static Ids unguessable() {
        return new Ids(new SecureRandom());
    }

    /** 24 hexadecimal digits, as in a database user's id. */
    public String hex24() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A prefix and letters and digits. */
    public String prefixed(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
