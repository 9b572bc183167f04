package dev.mandate.api.batch;

import dev.mandate.api.configuration.BatchLimits;
import dev.mandate.api.load.BatchGate;
import dev.mandate.api.problem.Problem;
import dev.mandate.api.problem.ProblemException;
import dev.mandate.api.security.RefusedTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/**
 * Takes line after line until there is none, or a reason to stop. What it holds does not grow with the batch: a line, a
 * bounded number of refusals, and a bounded number of bytes that the broker has not acknowledged.
 */
final class BatchRun {

    private final LineReader lines;
    private final BatchOptions.OnError onError;
    private final BatchLimits limits;
    private final BatchGate.Pass pass;
    private final Desk desk;
    private final List<BatchReport.Refusal> refused = new ArrayList<>();
    private int looked;

    /** What is done with a line. */
    @FunctionalInterface
    interface Desk {

        /**
         * Takes it, or looks at it only.
         *
         * @throws ProblemException when the line is refused; with 503, when it is not the line's fault
         * @throws AuthenticationException when the requester's token does not carry it any longer
         */
        void take(Line.Text line) throws InterruptedException;
    }

    BatchRun(LineReader lines, BatchOptions.OnError onError, BatchLimits limits, BatchGate.Pass pass, Desk desk) {
        this.lines = lines;
        this.onError = onError;
        this.limits = limits;
        this.pass = pass;
        this.desk = desk;
    }

    /**
     * Takes the lines.
     *
     * @param sent what the broker says meanwhile
     * @return why the rest was not taken; empty when there is no rest
     * @throws IOException when the client is gone, or too slow; what was taken stays taken
     */
    Optional<BatchReport.Stop> run(Acknowledgements sent) throws IOException, InterruptedException {
        Optional<BatchReport.Stop> stop = Optional.empty();
        while (stop.isEmpty() && sent.failure().isEmpty()) {
            Optional<Line> line = lines.next();
            if (line.isEmpty()) {
                break;
            }
            stop = look(line.get());
        }
        sent.awaitAll();
        // A line that was sent but not acknowledged comes before the one that was stopped at.
        Optional<BatchReport.Stop> failure = sent.failure();
        return failure.isPresent() ? failure : stop;
    }

    /** The lines that were refused. */
    List<BatchReport.Refusal> refused() {
        return List.copyOf(refused);
    }

    /** How many lines were looked at. */
    int looked() {
        return looked;
    }

    private Optional<BatchReport.Stop> look(Line line) throws InterruptedException {
        if (line.number() > limits.lines()) {
            return stop(
                    line.number(),
                    problem(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "batch.too_long",
                            "A batch has at most " + limits.lines() + " lines. Send the rest as another one"));
        }
        return switch (line) {
            case Line.Text text when text.isBlank() -> Optional.empty();
            case Line.Text text -> take(text);
            case Line.TooLong tooLong -> {
                looked++;
                yield refuse(
                        line.number(),
                        problem(
                                HttpStatus.CONTENT_TOO_LARGE,
                                "request.too_large",
                                "The line is longer than any may be"));
            }
        };
    }

    private Optional<BatchReport.Stop> take(Line.Text line) throws InterruptedException {
        pass.awaitLine();
        looked++;
        try {
            desk.take(line);
            return Optional.empty();
        } catch (ProblemException e) {
            boolean ours = e.problem().status() >= HttpStatus.INTERNAL_SERVER_ERROR.value();
            return ours ? stop(line.number(), e.problem()) : refuse(line.number(), e.problem());
        } catch (AuthenticationException e) {
            return stop(line.number(), RefusedTokens.problem(e));
        }
    }

    private Optional<BatchReport.Stop> refuse(int number, Problem problem) {
        refused.add(new BatchReport.Refusal(number, problem));
        if (onError == BatchOptions.OnError.STOP) {
            return stop(number, problem);
        }
        if (refused.size() == limits.refusals()) {
            return stop(
                    number + 1,
                    problem(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "batch.too_many_refused",
                            limits.refusals() + " lines were refused. Look at them before you send the rest"));
        }
        return Optional.empty();
    }

    private static Optional<BatchReport.Stop> stop(int resumeAt, Problem problem) {
        return Optional.of(new BatchReport.Stop(resumeAt, problem));
    }

    private static Problem problem(HttpStatus status, String code, String detail) {
        return Problem.of(status, code, status.getReasonPhrase(), detail);
    }
}
