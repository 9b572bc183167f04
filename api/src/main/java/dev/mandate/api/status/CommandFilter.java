package dev.mandate.api.status;

import dev.mandate.api.log.Wire;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.contracts.journal.OutcomeStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;

/**
 * What a search asks for, out of the query parameters: {@code status}, {@code requester}, {@code tenant},
 * {@code action}, {@code target_type}, {@code target}, {@code since} (inclusive) and {@code until} (exclusive).
 */
record CommandFilter(
        Optional<String> status,
        Optional<String> requester,
        Optional<String> tenant,
        Optional<String> action,
        Optional<String> targetType,
        Optional<String> target,
        Optional<Instant> since,
        Optional<Instant> until) {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";

    private static final Set<String> STATUSES = Stream.concat(
                    Stream.of("accepted", "started"),
                    Arrays.stream(OutcomeStatus.values()).map(Wire::name))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> NAMES =
            Set.of("status", "requester", "tenant", "action", "target_type", "target", "since", "until", LIMIT, CURSOR);
    private static final int MAX_LENGTH = 512;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Reads the query.
     *
     * @throws ProblemException with 400 {@code search.invalid} when a parameter is unknown, repeated or malformed
     */
    static CommandFilter of(MultiValueMap<String, String> query) {
        for (var parameter : query.entrySet()) {
            List<String> values = parameter.getValue();
            if (!NAMES.contains(parameter.getKey())) {
                throw invalid("A parameter is unknown; known are "
                        + String.join(", ", NAMES.stream().sorted().toList()));
            }
            if (values.size() != 1
                    || values.getFirst() == null
                    || values.getFirst().isBlank()) {
                throw invalid("The parameter " + parameter.getKey() + " needs exactly one value");
            }
        }
        Optional<String> status = text(query, "status");
        if (status.filter(value -> !STATUSES.contains(value)).isPresent()) {
            throw invalid("The status is one of "
                    + String.join(", ", STATUSES.stream().sorted().toList()));
        }
        return new CommandFilter(
                status,
                text(query, "requester"),
                text(query, "tenant"),
                text(query, "action"),
                text(query, "target_type"),
                text(query, "target"),
                time(query, "since"),
                time(query, "until"));
    }

    /** The same for equal filters, and for no others. */
    List<String> canonical() {
        var members = new TreeMap<String, String>();
        status.ifPresent(value -> members.put("status", value));
        requester.ifPresent(value -> members.put("requester", value));
        tenant.ifPresent(value -> members.put("tenant", value));
        action.ifPresent(value -> members.put("action", value));
        targetType.ifPresent(value -> members.put("target_type", value));
        target.ifPresent(value -> members.put("target", value));
        since.ifPresent(value -> members.put("since", value.toString()));
        until.ifPresent(value -> members.put("until", value.toString()));
        return members.entrySet().stream()
                .flatMap(member -> Stream.of(member.getKey(), member.getValue()))
                .toList();
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "search.invalid", "Bad Request", detail);
    }

    private static Optional<String> text(MultiValueMap<String, String> query, String name) {
        Optional<String> value = Optional.ofNullable(query.getFirst(name));
        if (value.filter(text -> text.length() > MAX_LENGTH || text.indexOf('\0') >= 0)
                .isPresent()) {
            throw invalid("The parameter " + name + " is too long or holds a forbidden character");
        }
        return value;
    }

    private static Optional<Instant> time(MultiValueMap<String, String> query, String name) {
        try {
            Optional<Instant> time = text(query, name).map(Instant::parse);
            if (time.filter(value -> value.isBefore(Instant.EPOCH) || value.isAfter(LATEST))
                    .isEmpty()) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // falls through to the refusal below
        }
        throw invalid("The parameter " + name + " is a time such as 2026-11-23T22:56:48Z");
    }
}
