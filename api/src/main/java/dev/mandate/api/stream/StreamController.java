package dev.mandate.api.stream;

import dev.mandate.api.security.Caller;
import dev.mandate.api.status.CommandReads;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/events} and {@code GET /v1/commands/{id}/events}. */
@RestController
class StreamController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final EventStreams streams;
    private final StreamTokens tokens;
    private final CommandReads commands;

    StreamController(EventStreams streams, StreamTokens tokens, CommandReads commands) {
        this.streams = streams;
        this.tokens = tokens;
        this.commands = commands;
    }

    /** Everything about the caller's own commands, from now on or from where the client left off. */
    @GetMapping(path = "/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void own(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = LAST_EVENT_ID) Optional<String> lastEventId,
            HttpServletResponse response)
            throws Exception {
        serve(caller, Scope.Own.of(caller), lastEventId, new Start.Now(), response);
    }

    /** Everything about one command, from its beginning or from where the client left off, until it has ended. */
    @GetMapping(path = "/v1/commands/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void single(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "position") Optional<String> position,
            @RequestHeader(name = LAST_EVENT_ID) Optional<String> lastEventId,
            HttpServletResponse response)
            throws Exception {
        // Asked anew whenever a stream is resumed: who may see a command can change.
        var located = commands.locate(caller, id, position);
        serve(caller, new Scope.Single(id), lastEventId, new Start.FromCommand(located), response);
    }

    private void serve(
            Caller caller, Scope scope, Optional<String> lastEventId, Start otherwise, HttpServletResponse response)
            throws Exception {
        Optional<StreamTokens.Place> left =
                lastEventId.filter(token -> !token.isEmpty()).map(token -> tokens.decode(caller, scope, token));
        if (left.filter(StreamTokens.Place::ended).isPresent()) {
            // This is how a client is told not to come back (HTML Living Standard §9.2.3).
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        Start start =
                left.<Start>map(place -> new Start.Resumed(place.positions())).orElse(otherwise);
        streams.serve(caller, scope, start, response);
    }
}
