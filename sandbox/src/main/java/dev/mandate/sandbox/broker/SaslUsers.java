package dev.mandate.sandbox.broker;

import dev.mandate.contracts.topic.AccessMatrix;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Everybody whom the broker knows: itself, the principals of the access matrix and its administrator.
 *
 * @param broker as whom the broker talks to itself; nobody else's business
 * @param administrator may do everything
 * @param principals may do what the matrix grants them
 */
public record SaslUsers(SaslUser broker, SaslUser administrator, List<SaslUser> principals) {

    /** Copies the list. */
    public SaslUsers {
        principals = List.copyOf(principals);
    }

    /** Everybody in the matrix, each with a fresh password. */
    public static SaslUsers generate(AccessMatrix matrix, SecureRandom random) {
        return new SaslUsers(
                SaslUser.generate("broker", random),
                SaslUser.generate(matrix.administrator(), random),
                matrix.principals().stream()
                        .map(name -> SaslUser.generate(name, random))
                        .toList());
    }

    /** Everybody, the broker and the administrator first. */
    public List<SaslUser> all() {
        var all = new ArrayList<SaslUser>();
        all.add(broker);
        all.add(administrator);
        all.addAll(principals);
        return List.copyOf(all);
    }

    /**
     * The user of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public SaslUser named(String name) {
        return all().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such user: " + name));
    }
}
