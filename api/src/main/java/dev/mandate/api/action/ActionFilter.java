package dev.mandate.api.action;

import dev.mandate.api.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;

/**
 * Which actions are looked for, out of the query parameters {@code q}, {@code resource}, {@code kind} and {@code mine}.
 *
 * @param words all of which must be found, in lower case
 * @param resource the resource that they are about
 * @param kind what they do
 * @param mine whether only those that the caller may
 */
record ActionFilter(List<String> words, Optional<String> resource, Optional<ActionKind> kind, boolean mine) {

    private static final Set<String> NAMES = Set.of("q", "resource", "kind", "mine");
    private static final int MAX_LENGTH = 200;

    /**
     * Reads the query.
     *
     * @throws ProblemException with 400 {@code search.invalid} when a parameter is unknown, repeated or malformed
     */
    static ActionFilter of(MultiValueMap<String, String> query) {
        query.forEach((name, values) -> {
            if (!NAMES.contains(name)) {
                throw invalid("A parameter is unknown; known are q, resource, kind and mine");
            }
            if (values.size() != 1
                    || values.getFirst() == null
                    || values.getFirst().isBlank()
                    || values.getFirst().length() > MAX_LENGTH) {
                throw invalid(
                        "The parameter " + name + " needs exactly one value, of at most " + MAX_LENGTH + " characters");
            }
        });
        return new ActionFilter(
                text(query, "q")
                        .map(words ->
                                List.of(words.strip().toLowerCase(Locale.ROOT).split("\\s+")))
                        .orElse(List.of()),
                text(query, "resource"),
                text(query, "kind").map(ActionFilter::kind),
                text(query, "mine").map(ActionFilter::flag).orElse(false));
    }

    /** Whether it is looked for, as far as that does not depend on the caller. */
    boolean matches(Offer offer) {
        return resource.filter(wanted -> !offer.isOf(wanted)).isEmpty()
                && kind.filter(wanted -> offer.kind() != wanted).isEmpty()
                && words.stream().allMatch(offer.text()::contains);
    }

    private static Optional<String> text(MultiValueMap<String, String> query, String name) {
        return Optional.ofNullable(query.getFirst(name));
    }

    private static ActionKind kind(String text) {
        return Arrays.stream(ActionKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid("The kind is one of read, write, destructive"));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("mine is true or false");
        };
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "search.invalid", "Bad Request", detail);
    }
}
