package dev.mandate.api.status;

import dev.mandate.api.log.OpaqueTokens;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** Where a search goes on: opaque, authenticated, and good only for the same person's same search. */
final class SearchCursor {

    private static final String PURPOSE = "cursor";

    private final OpaqueTokens tokens;

    SearchCursor(OpaqueTokens tokens) {
        this.tokens = tokens;
    }

    /** The last command that was shown. */
    record Place(Instant at, UUID id) {}

    String encode(Caller caller, CommandFilter filter, Place place) {
        byte[] content = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(place.at().toEpochMilli())
                .putLong(place.id().getMostSignificantBits())
                .putLong(place.id().getLeastSignificantBits())
                .array();
        return tokens.issue(PURPOSE, boundTo(caller, filter), content);
    }

    /** @throws ProblemException with 400 {@code cursor.invalid} when it was not made here for this search */
    Place decode(Caller caller, CommandFilter filter, String cursor) {
        ByteBuffer content = tokens.open(PURPOSE, boundTo(caller, filter), cursor)
                .map(ByteBuffer::wrap)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "cursor.invalid",
                        "Bad Request",
                        "The cursor is not one that was given out for this search"));
        return new Place(Instant.ofEpochMilli(content.getLong()), new UUID(content.getLong(), content.getLong()));
    }

    private static List<String> boundTo(Caller caller, CommandFilter filter) {
        return Stream.concat(
                        Stream.of(
                                caller.issuer(),
                                caller.subject(),
                                caller.organization().orElse("")),
                        filter.canonical().stream())
                .toList();
    }
}
