package dev.mandate.api.intake;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.dispatch.Dispatched;
import dev.mandate.api.load.Admission;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.CommandLinks;
import dev.mandate.api.status.CommandView;
import dev.mandate.api.status.OutcomeWaits;
import dev.mandate.api.status.Visibility;
import dev.mandate.api.status.WaitPreference;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/commands}. */
@RestController
class CommandController {

    private static final String RETRY_SECONDS = "1";

    private final Intake intake;
    private final Receipts receipts;
    private final OutcomeWaits outcomes;
    private final CommandLinks links;
    private final Admission admission;
    private final MandateProperties properties;

    CommandController(
            Intake intake,
            Receipts receipts,
            OutcomeWaits outcomes,
            CommandLinks links,
            Admission admission,
            MandateProperties properties) {
        this.intake = intake;
        this.receipts = receipts;
        this.outcomes = outcomes;
        this.links = links;
        this.admission = admission;
        this.properties = properties;
    }

    @PostMapping(path = "/v1/commands", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> submit(
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            @RequestHeader HttpHeaders headers,
            @RequestParam(name = "dry_run", required = false) @Nullable String dryRun)
            throws Exception {
        Submission submission = read(request);
        Optional<IdempotencyKey> key = IdempotencyKey.from(headers.getOrEmpty(IdempotencyKey.HEADER));
        if (isDryRun(dryRun)) {
            return ResponseEntity.ok(DryRun.of(intake.rehearse(caller, submission)));
        }
        Duration wait = WaitPreference.from(
                headers.getOrEmpty(WaitPreference.HEADER), properties.intake().maxWait());
        Intake.Prepared prepared = intake.prepare(caller, request.getRemoteAddr(), submission, Passage.alone(key));
        if (wait.isZero()) {
            return accepted(intake.send(prepared));
        }
        // Watched before it is sent, so that no outcome slips through.
        try (OutcomeWaits.Watch watch = outcomes.open(prepared.commandId(), Visibility.owner(caller))) {
            Dispatched dispatched = intake.send(prepared);
            Optional<CommandView> ended = admission.whileWaiting(() -> watch.ended(wait, dispatched.payloadHash()));
            String applied = WaitPreference.applied(wait);
            return ended.<ResponseEntity<?>>map(view -> ResponseEntity.ok()
                            .header(WaitPreference.APPLIED, applied)
                            .header(HttpHeaders.CONTENT_LOCATION, self(dispatched))
                            .body(view))
                    .orElseGet(() -> accepted(dispatched));
        }
    }

    private Submission read(HttpServletRequest request) throws IOException {
        return SubmissionReader.read(
                BoundedBody.read(request, properties.intake().maxBody()));
    }

    private ResponseEntity<Acceptance> accepted(Dispatched dispatched) {
        String id = dispatched.command().id().value();
        return ResponseEntity.accepted()
                .location(URI.create(self(dispatched)))
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(new Acceptance(
                        id,
                        "accepted",
                        dispatched.payloadHash(),
                        links.links(id, dispatched.position()),
                        receipts.sign(dispatched)));
    }

    private String self(Dispatched dispatched) {
        return links.self(dispatched.command().id().value(), dispatched.position());
    }

    private static boolean isDryRun(@Nullable String value) {
        return switch (value) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default ->
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST, "request.invalid", "Bad Request", "dry_run is true or false");
        };
    }
}
