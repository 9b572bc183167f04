package dev.mandate.api.resolution;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.intake.BoundedBody;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.CommandLinks;
import dev.mandate.api.status.CommandReads;
import dev.mandate.api.status.CommandState;
import dev.mandate.contracts.topic.LogRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/commands/{id}/resolution}. */
@RestController
class ResolutionController {

    private final Settlement settlement;
    private final CommandReads reads;
    private final CommandLinks links;
    private final MandateProperties properties;

    ResolutionController(Settlement settlement, CommandReads reads, CommandLinks links, MandateProperties properties) {
        this.settlement = settlement;
        this.reads = reads;
        this.links = links;
        this.properties = properties;
    }

    /** The body of a 202. */
    record Recorded(String id, Map<String, String> links) {}

    @PostMapping(path = "/v1/commands/{id}/resolution", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> resolve(
            @AuthenticationPrincipal Caller caller, @PathVariable String id, HttpServletRequest request)
            throws Exception {
        ResolutionRequest wish = ResolutionRequest.read(
                BoundedBody.read(request, properties.intake().maxBody()));
        return switch (settlement.settle(caller, request.getRemoteAddr(), id, wish)) {
            case Settled.Known(CommandState state) -> ResponseEntity.ok(reads.view(caller, state));
            case Settled.Recorded(LogRecord.Position position) ->
                ResponseEntity.accepted()
                        .location(URI.create(links.self(id, position)))
                        .body(new Recorded(id, links.links(id, position)));
        };
    }
}
