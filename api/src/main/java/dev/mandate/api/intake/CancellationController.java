package dev.mandate.api.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/commands/{id}/cancellation} and {@code POST /v1/batches/{id}/cancellation}. */
@RestController
class CancellationController {

    private static final String RETRY_SECONDS = "1";

    private final Withdrawals withdrawals;
    private final MandateProperties properties;

    CancellationController(Withdrawals withdrawals, MandateProperties properties) {
        this.withdrawals = withdrawals;
        this.properties = properties;
    }

    /**
     * What the client gets: it is asked for, and the outcome will say what came of it.
     *
     * @param id the cancellation's own id
     * @param payloadHash by which the outcome names it
     */
    record Asked(
            @JsonProperty("id") String id,
            @JsonProperty("payload_hash") String payloadHash,
            @JsonProperty("links") Map<String, String> links) {}

    @PostMapping("/v1/commands/{id}/cancellation")
    ResponseEntity<Asked> command(
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestParam(name = "position") Optional<String> position)
            throws Exception {
        Optional<String> reason = reason(request);
        return asked("/v1/commands/" + id, withdrawals.command(caller, request.getRemoteAddr(), id, position, reason));
    }

    @PostMapping("/v1/batches/{id}/cancellation")
    ResponseEntity<Asked> batch(
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestParam(name = "position") Optional<String> position)
            throws Exception {
        Optional<String> reason = reason(request);
        return asked("/v1/batches/" + id, withdrawals.batch(caller, request.getRemoteAddr(), id, position, reason));
    }

    private Optional<String> reason(HttpServletRequest request) throws IOException {
        return SubmissionReader.readReason(
                BoundedBody.read(request, properties.intake().maxBody()));
    }

    private static ResponseEntity<Asked> asked(String about, Withdrawals.Recorded recorded) {
        return ResponseEntity.accepted()
                .location(URI.create(about))
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(new Asked(recorded.id(), recorded.payloadHash(), Map.of("self", about)));
    }
}
