package dev.mandate.worker.auth0;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a look-up says of a person's account.
 *
 * @param blocked whether an administrator has blocked it
 * @param names the addresses, names and numbers by which somebody could mean it, in lower case
 */
public record Account(boolean blocked, Set<String> names) {

    /** Copies the set, in lower case. */
    public Account {
        names = names.stream().map(Account::folded).collect(Collectors.toUnmodifiableSet());
    }

    /** A name in the form in which names are compared. */
    public static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
