package dev.mandate.sandbox;

import dev.mandate.simulator.seed.DemoSeed;
import dev.mandate.simulator.seed.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody of the demo's tenant who can log in, with passwords made for one sandbox. */
public final class People {

    /** Support staff: may read users. */
    public static final String SAM = "sam.support";
    /** Administrator. */
    public static final String ADA = "ada.admin";
    /** Editor: may read and update users. */
    public static final String RICK = "rick.rank";
    /** Administrator of one customer's organization. */
    public static final String OLGA = "olga.org";

    private static final Map<String, String> ORGANIZATIONS = Map.of(OLGA, DemoSeed.GLOBEX);
    private static final int SECRET_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

    /**
     * The password of a login name, or the client secret of an application of the worker; made when first asked for.
     */
    Secret secretOf(String name) {
        return secrets.computeIfAbsent(name, _ -> newSecret());
    }

    /** Everybody. */
    public List<Person> all() {
        return DemoSeed.LOGINS.keySet().stream().sorted().map(this::named).toList();
    }

    /**
     * Somebody, by login name.
     *
     * @throws IllegalArgumentException when there is nobody of that name
     */
    public Person named(String login) {
        var userId = DemoSeed.LOGINS.get(login);
        if (userId == null) {
            throw new IllegalArgumentException("nobody logs in as " + login);
        }
        return new Person(
                login, userId, login + "@acme.example", secretOf(login), Optional.ofNullable(ORGANIZATIONS.get(login)));
    }

    private Secret newSecret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().encodeToString(bytes));
    }
}
