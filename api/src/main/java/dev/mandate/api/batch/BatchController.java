package dev.mandate.api.batch;

import dev.mandate.api.configuration.MandateProperties;
import dev.mandate.api.intake.LineIntake;
import dev.mandate.api.load.BatchGate;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.BatchLinks;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/batches}. */
@RestController
class BatchController {

    private static final String NDJSON = "application/x-ndjson";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final long DRAINED = DataSize.ofMegabytes(64).toBytes();

    private final LineIntake intake;
    private final BatchGate gate;
    private final BatchLinks links;
    private final MandateProperties properties;

    BatchController(LineIntake intake, BatchGate gate, BatchLinks links, MandateProperties properties) {
        this.intake = intake;
        this.gate = gate;
        this.links = links;
        this.properties = properties;
    }

    @PostMapping(path = "/v1/batches", consumes = NDJSON)
    ResponseEntity<BatchReport> submit(
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            @RequestHeader HttpHeaders headers,
            @RequestParam(name = "on_error") Optional<String> onError,
            @RequestParam(name = "dry_run") Optional<String> dryRun,
            @RequestParam(name = "first_line") Optional<String> firstLine)
            throws IOException, InterruptedException {
        var options = BatchOptions.of(onError, dryRun, firstLine);
        int maxLine = Math.toIntExact(properties.intake().maxBody().toBytes());
        if (options.dryRun()) {
            var lines = new LineReader(request.getInputStream(), options.firstLine(), maxLine);
            return check(caller, options, lines);
        }
        LineIntake.Batch batch = intake.open(caller, request.getRemoteAddr(), headers.getOrEmpty("Idempotency-Key"));
        return take(caller, options, new LineReader(request.getInputStream(), options.firstLine(), maxLine), batch);
    }

    private ResponseEntity<BatchReport> check(Caller caller, BatchOptions options, LineReader lines)
            throws IOException, InterruptedException {
        var none = new Acknowledgements();
        try (BatchGate.Pass pass = gate.enter(caller.person())) {
            var run = new BatchRun(
                    lines, options.onError(), properties.batch(), pass, line -> intake.check(caller, line.bytes()));
            Optional<BatchReport.Stop> stop = run.run(none);
            lines.drain(DRAINED);
            int good = run.looked() - run.refused().size();
            return ResponseEntity.ok(
                    new BatchReport(Optional.empty(), run.looked(), good, run.refused(), stop, Map.of()));
        }
    }

    private ResponseEntity<BatchReport> take(
            Caller caller, BatchOptions options, LineReader lines, LineIntake.Batch batch)
            throws IOException, InterruptedException {
        var sent = new Acknowledgements();
        try (BatchGate.Pass pass = gate.enter(caller.person())) {
            var run = new BatchRun(
                    lines,
                    options.onError(),
                    properties.batch(),
                    pass,
                    line -> sent.expect(line.number(), batch.take(line.number(), line.bytes())));
            Optional<BatchReport.Stop> stop = run.run(sent);
            lines.drain(DRAINED);
            if (sent.taken() == 0) {
                return nothing(run, stop);
            }
            return ResponseEntity.accepted()
                    .location(URI.create(links.batch(batch.id(), sent.positions())))
                    .header(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()))
                    .body(new BatchReport(
                            Optional.of(batch.id()),
                            run.looked(),
                            sent.taken(),
                            run.refused(),
                            stop,
                            links.batchLinks(batch.id(), sent.positions())));
        }
    }

    /** Where the batch does not exist, there is nothing to refer to. */
    private static ResponseEntity<BatchReport> nothing(BatchRun run, Optional<BatchReport.Stop> stop) {
        stop.map(BatchReport.Stop::problem)
                .filter(problem -> problem.status() >= HttpStatus.INTERNAL_SERVER_ERROR.value())
                .ifPresent(problem -> {
                    throw new ProblemException(problem).retryAfter(RETRY_AFTER);
                });
        if (run.looked() == 0 && stop.isEmpty()) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "batch.empty", "Bad Request", "There is no line");
        }
        return ResponseEntity.ok(new BatchReport(Optional.empty(), run.looked(), 0, run.refused(), stop, Map.of()));
    }
}
