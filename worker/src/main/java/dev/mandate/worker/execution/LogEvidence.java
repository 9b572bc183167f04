package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Operation;
import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.auth0.LoggedWrite;
import dev.mandate.worker.auth0.TenantLogs;
import dev.mandate.worker.verification.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds out from Auth0's own log whether a write was done whose answer was lost: it keeps the command's id with each of
 * its writes. An entry can prove that it was done; that there is none proves nothing.
 */
public final class LogEvidence {

    /** How far the clocks here may be ahead of Auth0's. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final int SUCCESS = 2;
    private static final int CLASS = 100;

    private final TenantLogs logs;

    /** What the log says. */
    public sealed interface Finding {

        /**
         * It was done.
         *
         * @param call as the log has it
         */
        record Done(Upstream call) implements Finding {}

        /** Nothing, so far. */
        record Nothing() implements Finding {}

        /** Nothing to this worker, which may not read it. */
        record Withheld() implements Finding {}
    }

    LogEvidence(TenantLogs logs) {
        this.logs = logs;
    }

    /**
     * Looks for what is to be performed next of a request, and may have been performed already.
     *
     * @param since when an attempt at it began at the earliest, by a clock here
     */
    public Finding look(Request request, Instant since) {
        if (looksLikeAnotherStep(request)) {
            return new Finding.Nothing();
        }
        Action action = request.operation().action();
        List<String> scopes = action.scopes(request.operation().arguments());
        String id = request.received().command().id().value();
        try {
            List<LoggedWrite> found = logs.find(request.tenant(), scopes, id, since.minus(SKEW)).stream()
                    .filter(entry -> isCall(entry, request))
                    .toList();
            // What was done twice and should have been done once is for a person to look at.
            boolean proven = found.size() == 1 || (!found.isEmpty() && action.repeat() == Repeat.IDEMPOTENT);
            return proven ? new Finding.Done(upstream(action, scopes, id, found.getFirst())) : new Finding.Nothing();
        } catch (Auth0Exception.Unavailable e) {
            return new Finding.Nothing();
        } catch (Auth0Exception e) {
            return new Finding.Withheld();
        }
    }

    /** A macro's steps share the correlation id, so their addresses must tell them apart. */
    private static boolean looksLikeAnotherStep(Request request) {
        return IntStream.range(0, request.operations().size())
                .filter(step -> step != request.step())
                .mapToObj(step -> request.operations().get(step))
                .anyMatch(other -> other.action()
                                .method()
                                .equals(request.operation().action().method())
                        && uri(request, other)
                                .getRawPath()
                                .equals(uri(request, request.operation()).getRawPath()));
    }

    private static boolean isCall(LoggedWrite entry, Request request) {
        URI uri = uri(request, request.operation());
        return entry.status() / CLASS == SUCCESS
                && entry.method().equalsIgnoreCase(request.operation().action().method())
                && (entry.path().equals(uri.getRawPath()) || entry.path().equals(uri.getPath()));
    }

    private static URI uri(Request request, Operation operation) {
        return RequestUri.of(request.tenant().managementApi(), operation.action(), operation.arguments());
    }

    private static Upstream upstream(Action action, List<String> scopes, String id, LoggedWrite entry) {
        return new Upstream(
                action.method(),
                action.path(),
                Optional.of(entry.status()),
                scopes,
                entry.scopes().stream().filter(scope -> !scopes.contains(scope)).toList(),
                id,
                Optional.empty(),
                Optional.of(entry.logId()));
    }
}
