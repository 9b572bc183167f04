package dev.mandate.api.stream;

import dev.mandate.api.log.LogPositions;
import dev.mandate.api.log.OpaqueTokens;
import dev.mandate.api.log.PositionCodec;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/**
 * The ids of events, which clients bring back as {@code Last-Event-ID}: where the stream stands in every partition,
 * opaque and authenticated, good only for the same person and the same stream.
 */
final class StreamTokens {

    private static final String PURPOSE = "stream";
    private static final byte GOES_ON = 0;
    private static final byte ENDED = 1;

    private final OpaqueTokens tokens;

    StreamTokens(OpaqueTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Where a stream stands.
     *
     * @param ended whether nothing more will ever come
     */
    record Place(LogPositions positions, boolean ended) {}

    String encode(Caller caller, Scope scope, Place place) {
        byte[] positions = PositionCodec.encode(place.positions());
        byte[] content = new byte[positions.length + 1];
        content[0] = place.ended() ? ENDED : GOES_ON;
        System.arraycopy(positions, 0, content, 1, positions.length);
        return tokens.issue(PURPOSE, boundTo(caller, scope), content);
    }

    /** @throws ProblemException with 400 {@code stream.position_invalid} when it was not made here for this stream */
    Place decode(Caller caller, Scope scope, String token) {
        return tokens.open(PURPOSE, boundTo(caller, scope), token)
                .filter(content -> content.length > 0)
                .map(content -> new Place(
                        PositionCodec.decode(Arrays.copyOfRange(content, 1, content.length)), content[0] == ENDED))
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "stream.position_invalid",
                        "Bad Request",
                        "The Last-Event-ID is not one that was given out to you in this stream"));
    }

    private static List<String> boundTo(Caller caller, Scope scope) {
        return Stream.concat(
                        Stream.of(
                                caller.issuer(),
                                caller.subject(),
                                caller.organization().orElse("")),
                        scope.key().stream())
                .toList();
    }
}
