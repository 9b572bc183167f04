package dev.mandate.api.status;

import dev.mandate.api.load.BatchGate;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /v1/batches/{id}} and {@code GET /v1/batches/{id}/results}. */
@RestController
class BatchesController {

    private static final String RETRY_SECONDS = "2";
    private static final String NDJSON = "application/x-ndjson";
    private static final int PAGE = 200;

    private final BatchReads reads;
    private final BatchGate gate;
    private final JsonMapper json;

    BatchesController(BatchReads reads, BatchGate gate, JsonMapper json) {
        this.reads = reads;
        this.gate = gate;
        this.json = json;
    }

    @GetMapping(SignedLinks.BATCHES + "/{id}")
    ResponseEntity<BatchView> read(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = SignedLinks.POSITION) Optional<String> position)
            throws Exception {
        BatchView view = reads.read(caller, id, position);
        var answer = ResponseEntity.ok();
        if (view.ended() < view.commands()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.body(view);
    }

    /** Page after page is read while the client takes them; what it does not take is not read. */
    @GetMapping(SignedLinks.BATCHES + "/{id}/results")
    void results(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(name = "after_line") Optional<String> afterLine,
            HttpServletResponse response)
            throws IOException {
        var place = BatchTable.Place.after(line(afterLine));
        try (var _ = gate.enter(caller.person())) {
            List<BatchTable.Row> rows = reads.page(caller, id, place, PAGE);
            if (rows.isEmpty()) {
                reads.require(caller, id);
            }
            response.setContentType(NDJSON);
            OutputStream body = response.getOutputStream();
            while (!rows.isEmpty()) {
                for (BatchTable.Row row : rows) {
                    body.write(json.writeValueAsBytes(reads.result(caller, row)));
                    body.write('\n');
                }
                BatchTable.Row last = rows.getLast();
                rows = reads.page(caller, id, new BatchTable.Place(last.line(), last.id()), PAGE);
            }
        }
    }

    private static int line(Optional<String> value) {
        try {
            int line = value.map(Integer::parseInt).orElse(0);
            if (line >= 0) {
                return line;
            }
        } catch (NumberFormatException e) {
            // falls through to the refusal below
        }
        throw new ProblemException(
                HttpStatus.BAD_REQUEST, "request.invalid", "Bad Request", "after_line is a number from 0");
    }
}
