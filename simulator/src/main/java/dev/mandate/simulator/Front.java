package dev.mandate.simulator;

import dev.mandate.simulator.faults.Effect;
import dev.mandate.simulator.faults.Faults;
import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.journal.RequestJournal;
import dev.mandate.simulator.management.Bucket;
import dev.mandate.simulator.management.ManagementApi;
import dev.mandate.simulator.tokens.Bearer;
import dev.mandate.simulator.tokens.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every request meets first: the journal, then the faults, then the part of the tenant that it is for. */
final class Front {

    private static final String MANAGEMENT = "/api/v2/";

    private final RequestJournal journal;
    private final Faults faults;
    private final Bucket bucket;
    private final Tokens tokens;
    private final ManagementApi management;

    Front(RequestJournal journal, Faults faults, Bucket bucket, Tokens tokens, ManagementApi management) {
        this.journal = journal;
        this.faults = faults;
        this.bucket = bucket;
        this.tokens = tokens;
        this.management = management;
    }

    /** The answer, or nothing when the connection is to be cut. */
    Optional<Response> answer(Request request) {
        Optional<Bearer> bearer = request.bearer().flatMap(Tokens::presented);
        long number = journal.arrived(
                request,
                bearer.map(Bearer::clientId),
                bearer.map(Bearer::scopes).orElse(List.of()));
        List<Faults.Strike> strikes = faults.strike(request);
        journal.struck(
                number,
                strikes.stream()
                        .map(strike -> strike.effect().getClass().getSimpleName())
                        .toList());
        for (Faults.Strike strike : strikes) {
            try {
                strike.holdUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return strikes.isEmpty()
                ? decided(number, dispatch(request))
                : fate(number, request, strikes.getLast().effect());
    }

    private Optional<Response> fate(long number, Request request, Effect effect) {
        return switch (effect) {
            case Effect.Delay _, Effect.Hold _ -> decided(number, dispatch(request));
            case Effect.TooManyRequests refusal -> decided(number, tooMany(refusal));
            case Effect.ServerError error -> decided(number, serverError(error.status()));
            case Effect.CutBefore _ -> Optional.empty();
            case Effect.CutMeanwhile meanwhile -> {
                Thread.ofVirtual().start(() -> process(number, request, meanwhile.by()));
                yield Optional.empty();
            }
            case Effect.OtherAnswer other -> decided(number, other.by().apply(request, dispatch(request)));
            case Effect.LostAnswer _ -> {
                decided(number, dispatch(request));
                yield Optional.empty();
            }
        };
    }

    private void process(long number, Request request, Duration later) {
        try {
            Thread.sleep(later);
            decided(number, dispatch(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Response> decided(long number, Response response) {
        journal.answered(number, response.status());
        return Optional.of(response);
    }

    private Response dispatch(Request request) {
        if (request.path().startsWith(MANAGEMENT)) {
            return management.answer(request);
        }
        return switch (request.method() + " " + request.path()) {
            case "POST /oauth/token" -> tokens.grant(request);
            case "GET /.well-known/openid-configuration" -> tokens.discovery();
            case "GET /.well-known/jwks.json" -> tokens.keySet();
            default -> Response.json(404, Json.object().put("statusCode", 404).put("error", "Not Found"));
        };
    }

    private Response tooMany(Effect.TooManyRequests refusal) {
        Response response = bucket.exhausted();
        return refusal.retryAfter()
                .map(after -> response.with(Map.of("retry-after", Long.toString(after.toSeconds()))))
                .orElse(response);
    }

    private static Response serverError(int status) {
        return Response.json(
                status,
                Json.object()
                        .put("statusCode", status)
                        .put("error", status == 503 ? "Service Unavailable" : "Internal Server Error")
                        .put("message", "Injected"));
    }
}
