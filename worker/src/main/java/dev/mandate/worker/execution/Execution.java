package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.auth0.ManagementToken;
import dev.mandate.worker.auth0.ManagementTokens;
import dev.mandate.worker.auth0.RetryHints;
import dev.mandate.worker.auth0.Tenant;
import dev.mandate.worker.verification.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Performs commands at Auth0, one attempt at a time. Whether there is another attempt is for the loop to say. */
public final class Execution {

    /** A token may be revoked or expire on the way; a worker whose fresh tokens are refused is misconfigured. */
    private static final int MAX_REFUSED_TOKENS = 3;

    private final ManagementTokens tokens;
    private final ManagementHttp http;
    private final SealedAnswer answers;
    private final Backoff backoff;
    private final Clock clock;
    private final Map<String, TenantGate> gates = new ConcurrentHashMap<>();

    Execution(ManagementTokens tokens, ManagementHttp http, SealedAnswer answers, Backoff backoff, Clock clock) {
        this.tokens = tokens;
        this.http = http;
        this.answers = answers;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** A tenant's gate. */
    TenantGate gate(Tenant tenant) {
        return gates.computeIfAbsent(tenant.alias(), alias -> new TenantGate(alias, clock));
    }

    /** How long a tenant asks to be left alone, or is, since it does not answer; empty if it may be called. */
    public Optional<Duration> closedFor(Tenant tenant) {
        TenantGate gate = gate(tenant);
        Optional<Duration> closed = gate.closedFor();
        if (closed.isEmpty()) {
            gate.unused();
        }
        return closed;
    }

    /**
     * Gets everything ready that can fail without a doubt, before the command is journaled as started: the address, the
     * body, the token. Of a macro all that is left of it, so that it is not found out halfway what can't be done.
     *
     * @throws Auth0Exception when there is no token
     * @throws IllegalArgumentException when the address would not fit the action's template
     */
    public void rehearse(Request request) throws Auth0Exception {
        for (int step = request.step(); step < request.operations().size(); step++) {
            Request next = request.at(step);
            PreparedCall.of(next);
            tokens.get(next.tenant(), scopes(next));
        }
    }

    /**
     * One attempt at what is to be performed next.
     *
     * @param attempt its number, from 1
     * @param doubtBefore whether an earlier one may have done it
     * @param mayBegin asked right before the request is sent, when all that could take its time is done
     * @throws InterruptedException when the worker stops; the call's fate is then unknown
     */
    public AttemptResult attempt(Request request, int attempt, boolean doubtBefore, BooleanSupplier mayBegin)
            throws InterruptedException {
        // What could still fail comes first: a gate that lets a call through must hear how it ended.
        PreparedCall call = PreparedCall.of(request);
        TenantGate gate = gate(request.tenant());
        Optional<Duration> closed = gate.closedFor();
        if (closed.isPresent()) {
            return notSent(backoff.after(1, closed), "upstream.unavailable", "Auth0 asked to be left alone");
        }
        ManagementToken token;
        try {
            token = tokens.get(request.tenant(), scopes(request));
        } catch (Auth0Exception.Unavailable e) {
            gate.unused();
            return notSent(backoff.after(attempt, e.retryAfter()), e.code(), "The worker could not get a token");
        } catch (Auth0Exception e) {
            gate.unused();
            OutcomeStatus status = doubtBefore ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED;
            return ended(status, Optional.empty(), new OutcomeError(e.code(), String.valueOf(e.getMessage())));
        }
        if (!mayBegin.getAsBoolean()) {
            gate.unused();
            return new AttemptResult.Withheld();
        }
        Answer answer = http.send(call, token.value());
        Reading reading = Reading.of(answer, request.operation().action().repeat(), doubtBefore);
        gate.ended(answer instanceof Answer.Received received && received.status() < 500);
        Optional<Duration> hint = hint(answer);
        if (reading == Reading.AGAIN) {
            hint.ifPresent(gate::pause);
        }
        if (reading == Reading.TOKEN_REFUSED) {
            tokens.forget(token);
        }
        return result(request, reading, answer, upstream(request, token, answer, reading), attempt, hint, doubtBefore);
    }

    private static List<String> scopes(Request request) {
        return request.operation().action().scopes(request.operation().arguments());
    }

    private AttemptResult result(
            Request request,
            Reading reading,
            Answer answer,
            Upstream upstream,
            int attempt,
            Optional<Duration> hint,
            boolean doubtBefore) {
        Optional<Upstream> call = Optional.of(upstream);
        return switch (reading) {
            case DONE ->
                new AttemptResult.Ended(OutcomeStatus.SUCCEEDED, call, sealed(request, answer), Optional.empty());
            case ACCEPTED ->
                new AttemptResult.Ended(
                        OutcomeStatus.ACCEPTED_UPSTREAM, call, sealed(request, answer), Optional.empty());
            case REFUSED ->
                new AttemptResult.Ended(
                        doubtBefore && !request.operation().action().reads()
                                ? OutcomeStatus.UNKNOWN
                                : OutcomeStatus.FAILED,
                        call,
                        sealed(request, answer),
                        Optional.of(new OutcomeError("upstream.refused", "Auth0 refused it")));
            case TOKEN_REFUSED ->
                attempt > MAX_REFUSED_TOKENS
                        ? new AttemptResult.Ended(
                                doubtBefore ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED,
                                call,
                                Optional.empty(),
                                Optional.of(new OutcomeError(
                                        "upstream.token_refused", "Auth0 does not take the worker's token")))
                        : again(Duration.ZERO, false, call, "upstream.token_refused", "Auth0 took no token of ours");
            case AGAIN ->
                again(
                        backoff.after(attempt, hint),
                        false,
                        call,
                        isRateLimited(answer) ? "upstream.rate_limited" : "upstream.unavailable",
                        "Auth0 could not do it in time");
            case AGAIN_IN_DOUBT ->
                again(backoff.after(attempt, hint), true, call, "upstream.answer_lost", "Auth0's answer was lost");
            case IN_DOUBT ->
                ended(
                        OutcomeStatus.UNKNOWN,
                        call,
                        new OutcomeError("upstream.answer_lost", "It may have been done; Auth0's answer was lost"));
        };
    }

    private static AttemptResult notSent(Duration wait, String code, String message) {
        return new AttemptResult.Again(wait, false, false, Optional.empty(), new OutcomeError(code, message));
    }

    private static AttemptResult again(
            Duration wait, boolean inDoubt, Optional<Upstream> call, String code, String message) {
        return new AttemptResult.Again(wait, true, inDoubt, call, new OutcomeError(code, message));
    }

    private static AttemptResult ended(OutcomeStatus status, Optional<Upstream> call, OutcomeError error) {
        return new AttemptResult.Ended(status, call, Optional.empty(), Optional.of(error));
    }

    private static boolean isRateLimited(Answer answer) {
        return answer instanceof Answer.Received received && received.status() == 429;
    }

    private Optional<Duration> hint(Answer answer) {
        return answer instanceof Answer.Received received && (received.status() == 429 || received.status() >= 500)
                ? RetryHints.of(received.headers()::firstValue, clock.instant())
                : Optional.empty();
    }

    private static Upstream upstream(Request request, ManagementToken token, Answer answer, Reading reading) {
        Action action = request.operation().action();
        return new Upstream(
                action.method(),
                action.path(),
                answer instanceof Answer.Received received ? Optional.of(received.status()) : Optional.empty(),
                List.copyOf(token.scopes()),
                List.copyOf(token.wider()),
                request.received().command().id().value(),
                reading == Reading.REFUSED ? ErrorCode.of(request, answer) : Optional.empty());
    }

    private Optional<String> sealed(Request request, Answer answer) {
        return answers.of(request.received().command().id().value(), answer);
    }
}
