package dev.mandate.bench.bare;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/commands}: parses what is asked for, and says yes. */
@RestController
class BareController {

    private final AtomicLong number = new AtomicLong();

    /**
     * The answer.
     *
     * @param id a number
     * @param status always the same
     * @param action what was asked for
     */
    record Accepted(String id, String status, String action) {}

    @PostMapping(path = "/v1/commands", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Accepted> submit(@RequestBody JsonNode command) {
        return ResponseEntity.accepted()
                .body(new Accepted(
                        String.valueOf(number.incrementAndGet()),
                        "accepted",
                        command.path("action").asString("")));
    }
}
