package dev.mandate.api.status;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.security.Caller;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/commands/{id}} and {@code GET /v1/commands}. */
@RestController
class CommandsController {

    private static final String RETRY_SECONDS = "1";

    private final CommandReads reads;
    private final CommandSearch search;
    private final MandateProperties properties;

    CommandsController(CommandReads reads, CommandSearch search, MandateProperties properties) {
        this.reads = reads;
        this.search = search;
        this.properties = properties;
    }

    @GetMapping(SignedLinks.COMMANDS + "/{id}")
    ResponseEntity<CommandView> read(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = SignedLinks.POSITION) Optional<String> position,
            @RequestHeader HttpHeaders headers)
            throws Exception {
        Duration wait = WaitPreference.from(
                headers.getOrEmpty(WaitPreference.HEADER), properties.intake().maxWait());
        CommandState state = reads.read(caller, id, position, wait);
        String etag = CommandTag.of(state, caller);
        boolean unchanged = CommandTag.matches(headers.getOrEmpty(HttpHeaders.IF_NONE_MATCH), etag);
        var answer = ResponseEntity.status(unchanged ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(etag);
        if (!wait.isZero()) {
            answer.header(WaitPreference.APPLIED, WaitPreference.applied(wait));
        }
        if (state.ended().isEmpty()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return unchanged ? answer.build() : answer.body(reads.view(caller, state));
    }

    @GetMapping(SignedLinks.COMMANDS)
    CommandPage search(@AuthenticationPrincipal Caller caller, @RequestParam MultiValueMap<String, String> query) {
        return search.page(caller, query);
    }
}
