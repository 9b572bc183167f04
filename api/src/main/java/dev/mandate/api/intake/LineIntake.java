package dev.mandate.api.intake;

import dev.mandate.api.dispatch.Dispatched;
import dev.mandate.api.dispatch.Pipeline;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.Caller;
import dev.mandate.api.status.KnownBatches;
import dev.mandate.api.status.KnownRequests;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.command.CommandIds;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;

/** From the lines of a batch to commands in the log. A line is what {@code POST /v1/commands} takes as its body. */
public final class LineIntake {

    /** Keeps the ids of batches apart from those of commands. */
    private static final String KIND = "batch";

    private static final KnownRequests NOTHING = (scope, key) -> Optional.empty();

    private final Intake intake;
    private final Pipeline pipeline;
    private final KnownRequests requests;
    private final KnownBatches batches;

    LineIntake(Intake intake, Pipeline pipeline, KnownRequests requests, KnownBatches batches) {
        this.intake = intake;
        this.pipeline = pipeline;
        this.requests = requests;
        this.batches = batches;
    }

    /** A batch whose lines can be taken. */
    public final class Batch {

        private final CommandId id;
        private final Caller caller;
        private final String ip;
        private final KnownRequests known;

        private Batch(CommandId id, Caller caller, String ip, KnownRequests known) {
            this.id = id;
            this.caller = caller;
            this.ip = ip;
            this.known = known;
        }

        /** The batch's id. */
        public String id() {
            return id.value();
        }

        /**
         * Takes a line. It waits while the broker does not keep up.
         *
         * @return once all in-sync replicas have the command; or a {@link ProblemException}, 503
         *     {@code broker.unavailable}. Completed by a thread that must not be held up
         * @throws ProblemException as for a single command
         * @throws org.springframework.security.core.AuthenticationException 401 {@code token.too_little_life}
         * @throws InterruptedException when the thread is interrupted; nothing was sent then
         */
        public CompletableFuture<Dispatched> take(int number, byte[] line) throws InterruptedException {
            Submission submission = SubmissionReader.read(line);
            Intake.Prepared prepared = intake.prepare(caller, ip, submission, Passage.line(id, number), known);
            return pipeline.send(prepared.draft());
        }
    }

    /**
     * Opens the batch under a key: the same batch, whenever the same requester opens it with the same client and
     * organization.
     *
     * @param keys the values of the header {@code Idempotency-Key}
     * @throws ProblemException 400 {@code idempotency.missing} or {@code idempotency.malformed}
     * @throws org.springframework.security.core.AuthenticationException 401 {@code token.too_little_life}
     */
    public Batch open(Caller caller, String ip, List<String> keys) {
        IdempotencyKey key = IdempotencyKey.from(keys)
                .orElseThrow(() -> new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "idempotency.missing",
                        "Bad Request",
                        "A batch needs an Idempotency-Key, so that it can be sent again when its answer was lost"));
        intake.requireLife(caller);
        CommandId id = CommandIds.derived(List.of(
                KIND,
                caller.issuer(),
                caller.subject(),
                caller.claims().clientId().orElse(""),
                caller.organization().orElse(""),
                key.value()));
        // Only a batch that was sent before can have lines that were sent before.
        return new Batch(id, caller, ip, batches.contains(id.value()) ? requests : NOTHING);
    }

    /**
     * Says whether a line would be taken.
     *
     * @throws ProblemException as for a single command
     */
    public void check(Caller caller, byte[] line) {
        intake.allowed(caller, SubmissionReader.read(line));
    }
}
