package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Repeat;
import dev.mandate.contracts.journal.OutcomeError;
import dev.mandate.contracts.journal.OutcomeStatus;
import dev.mandate.contracts.journal.Upstream;
import dev.mandate.worker.auth0.Auth0Exception;
import dev.mandate.worker.auth0.ManagementToken;
import dev.mandate.worker.auth0.ManagementTokens;
import dev.mandate.worker.limits.Closed;
import dev.mandate.worker.limits.Family;
import dev.mandate.worker.limits.RetryHints;
import dev.mandate.worker.limits.TenantGate;
import dev.mandate.worker.limits.TenantGates;
import dev.mandate.worker.verification.Request;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Performs commands at Auth0, one attempt at a time. Whether there is another attempt is for the loop to say. */
public final class Execution {

    /** The code of an attempt for which Auth0 took no token of ours. */
    public static final String TOKEN_REFUSED = "upstream.token_refused";

    private final ManagementTokens tokens;
    private final ManagementHttp http;
    private final TenantGates gates;
    private final SealedAnswer answers;
    private final Backoff backoff;
    private final MeterRegistry meters;
    private final Clock clock;

    Execution(
            ManagementTokens tokens,
            ManagementHttp http,
            TenantGates gates,
            SealedAnswer answers,
            Backoff backoff,
            MeterRegistry meters,
            Clock clock) {
        this.tokens = tokens;
        this.http = http;
        this.gates = gates;
        this.answers = answers;
        this.backoff = backoff;
        this.meters = meters;
        this.clock = clock;
    }

    /** Why what a request would do next is not to be called now; empty if it may be. */
    public Optional<Closed> closed(Request request) {
        return gate(request).closed(family(request));
    }

    private TenantGate gate(Request request) {
        return gates.of(request.tenant().alias());
    }

    private static Family family(Request request) {
        return Family.of(request.operation().action());
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
     * @param mayBegin asked right before the request is sent, when all that could take its time is done
     * @throws InterruptedException when the worker stops; the call's fate is then unknown
     */
    public AttemptResult attempt(Request request, Attempt attempt, BooleanSupplier mayBegin)
            throws InterruptedException {
        // What could still fail comes first: a gate that lets a call through must hear how it ended.
        PreparedCall call = PreparedCall.of(request);
        Optional<TenantGate.Passage> entered = gate(request).enter(family(request));
        if (entered.isEmpty()) {
            Closed closed = closed(request).orElse(Closed.JUST_NOW);
            return notSent(backoff.after(1, Optional.of(closed.delay())), closed.code(), closed.because());
        }
        TenantGate.Passage passage = entered.get();
        ManagementToken token;
        try {
            token = tokens.get(request.tenant(), scopes(request));
        } catch (Auth0Exception.Unavailable e) {
            passage.unused();
            return notSent(
                    backoff.after(attempt.number(), e.retryAfter()), e.code(), "The worker could not get a token");
        } catch (Auth0Exception e) {
            passage.unused();
            OutcomeStatus status = attempt.inDoubt() ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED;
            return ended(status, Optional.empty(), new OutcomeError(e.code(), String.valueOf(e.getMessage())));
        }
        if (!mayBegin.getAsBoolean()) {
            passage.unused();
            return new AttemptResult.Withheld();
        }
        Answer answer = send(passage, call, token);
        Reading reading = Reading.of(answer, request.operation().action().repeat(), attempt.inDoubt());
        Optional<Duration> hint = hint(answer);
        if (reading == Reading.TOKEN_REFUSED) {
            tokens.forget(token);
        }
        AttemptResult result =
                result(request, reading, answer, upstream(request, token, answer, reading), attempt, hint);
        if (result instanceof AttemptResult.Again) {
            count(request.operation().action().repeat());
        }
        return result;
    }

    /** Sends it, and tells the gate how that ended, in any case. */
    private Answer send(TenantGate.Passage passage, PreparedCall call, ManagementToken token)
            throws InterruptedException {
        passage.sent();
        Answer answer = new Answer.Lost();
        try {
            answer = http.send(call, token.value());
            return answer;
        } finally {
            if (answer instanceof Answer.Received received) {
                passage.answered(received.status(), received.headers()::firstValue);
            } else {
                passage.lost();
            }
        }
    }

    private void count(Repeat repeat) {
        Counter.builder("mandate.retries")
                .description("Attempts that came to nothing and are made again while there is time")
                .tag("repeat", repeat.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
    }

    private static List<String> scopes(Request request) {
        return request.operation().action().scopes(request.operation().arguments());
    }

    private AttemptResult result(
            Request request,
            Reading reading,
            Answer answer,
            Upstream upstream,
            Attempt attempt,
            Optional<Duration> hint) {
        Optional<Upstream> call = Optional.of(upstream);
        return switch (reading) {
            case DONE ->
                new AttemptResult.Ended(OutcomeStatus.SUCCEEDED, call, sealed(request, answer), Optional.empty());
            case ACCEPTED ->
                new AttemptResult.Ended(
                        OutcomeStatus.ACCEPTED_UPSTREAM, call, sealed(request, answer), Optional.empty());
            case REFUSED ->
                new AttemptResult.Ended(
                        attempt.inDoubt() && !request.operation().action().reads()
                                ? OutcomeStatus.UNKNOWN
                                : OutcomeStatus.FAILED,
                        call,
                        sealed(request, answer),
                        Optional.of(new OutcomeError("upstream.refused", "Auth0 refused it")));
            case TOKEN_REFUSED ->
                // It may be revoked or expire on the way; but this one was fresh.
                attempt.tokenRefused()
                        ? new AttemptResult.Ended(
                                attempt.inDoubt() ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED,
                                call,
                                Optional.empty(),
                                Optional.of(new OutcomeError(TOKEN_REFUSED, "Auth0 does not take the worker's token")))
                        : again(Duration.ZERO, false, call, TOKEN_REFUSED, "Auth0 took no token of ours");
            case AGAIN ->
                again(
                        backoff.after(attempt.number(), hint),
                        false,
                        call,
                        isRateLimited(answer) ? "upstream.rate_limited" : "upstream.unavailable",
                        "Auth0 could not do it in time");
            case AGAIN_IN_DOUBT ->
                again(
                        backoff.after(attempt.number(), hint),
                        true,
                        call,
                        "upstream.answer_lost",
                        "Auth0's answer was lost");
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
                ? RetryHints.of(received.status(), received.headers()::firstValue, clock.instant())
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
        return answers.of(request.received().command(), answer);
    }
}
