package dev.mandate.simulator.management;

import dev.mandate.contracts.action.Action;
import dev.mandate.contracts.action.Catalogue;
import dev.mandate.simulator.answers.Answers;
import dev.mandate.simulator.collection.Planner;
import dev.mandate.simulator.http.Parameters;
import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.http.Response;
import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.operation.Behaviour;
import dev.mandate.simulator.operation.Call;
import dev.mandate.simulator.tenant.Ids;
import dev.mandate.simulator.tenant.Tenant;
import dev.mandate.simulator.tenant.TenantLog;
import dev.mandate.simulator.tokens.Bearer;
import dev.mandate.simulator.tokens.InvalidToken;
import dev.mandate.simulator.tokens.Tokens;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/v2}: which operation a request means, whether its bearer may call it, and what comes of it. The checks
 * come in Auth0's order: rate limit, token, scopes, parameters and body, state.
 */
public final class ManagementApi {

    private final Tenant tenant;
    private final Tokens tokens;
    private final TenantLog log;
    private final Bucket bucket;
    private final EndpointBuckets endpoints;
    private final Routes routes;
    private final Validation validation;
    private final ScopeGate gate;
    private final Behaviours behaviours;

    /**
     * The Management API of one tenant.
     *
     * @param issuer the tenant's base URL, with a trailing slash
     */
    public ManagementApi(
            Tenant tenant,
            Tokens tokens,
            TenantLog log,
            Bucket bucket,
            EndpointBuckets endpoints,
            Ids ids,
            Clock clock,
            String issuer) {
        this.tenant = tenant;
        this.tokens = tokens;
        this.log = log;
        this.bucket = bucket;
        this.endpoints = endpoints;
        Catalogue catalogue = Catalogue.bundled();
        this.routes = new Routes(catalogue);
        this.validation = new Validation(catalogue);
        Answers answers = Answers.bundled();
        this.gate = new ScopeGate(answers);
        this.behaviours =
                new Behaviours(() -> new Planner(catalogue, answers, tenant, ids, clock), tenant, log, ids, issuer);
    }

    /** Answers a request whose path begins with {@code /api/v2}. */
    public Response answer(Request request) {
        Bucket.Passage passage = pass(request);
        if (!passage.allowed()) {
            return Bucket.refusal(passage.headers());
        }
        Response response;
        try {
            response = admit(request);
        } catch (ApiError error) {
            response = error.response();
        }
        return response.with(passage.headers());
    }

    /** First the limit for everything, then the endpoint's; what is told is about the one that decides. */
    private Bucket.Passage pass(Request request) {
        Bucket.Passage passage = bucket.pass();
        return passage.allowed()
                ? action(request).flatMap(endpoints::of).map(Bucket::pass).orElse(passage)
                : passage;
    }

    private Optional<String> action(Request request) {
        try {
            return Optional.of(routes.find(request).action().name());
        } catch (ApiError unknown) {
            return Optional.empty();
        }
    }

    private Response admit(Request request) throws ApiError {
        Bearer bearer = authenticate(request);
        Routes.Match match = routes.find(request);
        Action action = match.action();
        gate.admit(action, bearer.scopes());
        Response response;
        try {
            response = perform(request, match, bearer.scopes());
        } catch (ApiError error) {
            response = error.response();
        }
        if (!request.method().equals("GET")) {
            String type = response.status() < 400 ? "sapi" : "fapi";
            log.write(
                    type,
                    action.name(),
                    bearer.clientId(),
                    Optional.empty(),
                    request,
                    bearer.scopes(),
                    response.status());
        }
        return response;
    }

    private Bearer authenticate(Request request) throws ApiError {
        String token = request.bearer().orElseThrow(() -> ApiError.unauthorized("Missing authentication"));
        try {
            return tokens.verifyManagement(token);
        } catch (InvalidToken e) {
            throw ApiError.unauthorized(String.valueOf(e.getMessage()));
        }
    }

    private Response perform(Request request, Routes.Match match, List<String> scopes) throws ApiError {
        Action action = match.action();
        Call call = new Call(action, match.path(), query(request), Bodies.read(request), scopes);
        validation.check(call);
        gate.admit(action, scopes, call.content());
        Behaviour behaviour = behaviours.of(action);
        synchronized (tenant) {
            return behaviour.perform(call);
        }
    }

    private static Parameters query(Request request) throws ApiError {
        try {
            return request.parameters();
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidQuery("Malformed percent escape");
        }
    }
}
