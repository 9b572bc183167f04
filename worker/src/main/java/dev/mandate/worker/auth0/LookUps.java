package dev.mandate.worker.auth0;

import com.auth0.client.mgmt.ManagementApi;
import com.auth0.client.mgmt.core.ManagementApiException;
import com.auth0.client.mgmt.core.ManagementException;
import com.auth0.client.mgmt.core.RequestOptions;
import dev.mandate.worker.limits.RetryHints;
import dev.mandate.worker.limits.TenantGates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Look-ups by the SDK, each with a token of its own that can do nothing else, through the tenant's gate. */
final class LookUps {

    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);

    /** Whoever waits for an answer asks much more often. */
    private static final Duration WARN_EVERY = Duration.ofMinutes(1);

    private final ManagementTokens tokens;
    private final SdkTransport transport;
    private final TenantGates gates;
    private final Clock clock;
    private final Map<String, ManagementApi> clients = new ConcurrentHashMap<>();
    private final Map<String, Instant> warnedAt = new ConcurrentHashMap<>();

    LookUps(ManagementTokens tokens, SdkTransport transport, TenantGates gates, Clock clock) {
        this.tokens = tokens;
        this.transport = transport;
        this.gates = gates;
        this.clock = clock;
    }

    /** What is to be asked. */
    interface LookUp<T> {

        T with(ManagementApi api, RequestOptions options);
    }

    /**
     * Asks a tenant.
     *
     * @return empty if Auth0 knows of no such thing
     * @throws Auth0Exception.Unavailable when it may go better later
     * @throws Auth0Exception.Refused when it won't
     */
    <T> Optional<T> find(Tenant tenant, List<String> scopes, LookUp<T> lookup) throws Auth0Exception {
        ManagementToken token = tokens.get(tenant, scopes);
        ManagementApi api = clients.computeIfAbsent(tenant.alias(), alias -> client(tenant));
        RequestOptions options = RequestOptions.builder().token(token.value()).build();
        try {
            return Optional.of(lookup.with(api, options));
        } catch (ManagementApiException e) {
            return switch (e.statusCode()) {
                case 404 -> Optional.empty();
                case 401 -> {
                    tokens.forget(token);
                    throw unavailable(Optional.empty());
                }
                case 408, 429 -> throw unavailable(hint(e));
                default ->
                    throw e.statusCode() >= 500
                            ? unavailable(hint(e))
                            : new Auth0Exception.Refused(
                                    "authorization.facts_refused", "Auth0 refuses the worker a look-up");
            };
        } catch (ManagementException e) {
            warn(tenant, e);
            throw unavailable(Optional.empty());
        }
    }

    /** No connection, or an answer that the SDK can't read, whose message might quote it. */
    private void warn(Tenant tenant, ManagementException failure) {
        Instant now = clock.instant();
        Instant last = warnedAt.getOrDefault(tenant.alias(), Instant.EPOCH);
        if (now.isBefore(last.plus(WARN_EVERY)) && !now.isBefore(last)) {
            return;
        }
        warnedAt.put(tenant.alias(), now);
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        LOG.atWarn()
                .addKeyValue("tenant", tenant.alias())
                .addKeyValue("reason", cause.getClass().getSimpleName())
                .log("Look-up without a useful answer");
    }

    private ManagementApi client(Tenant tenant) {
        return ManagementApi.builder()
                .url(tenant.managementApi().toString())
                // The builder insists on a token; every request brings its own.
                .token("replaced-by-each-request")
                .httpClient(transport.http(gates.of(tenant.alias())))
                .build();
    }

    private Optional<Duration> hint(ManagementApiException e) {
        return RetryHints.of(
                e.statusCode(),
                name -> e.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase(name))
                        .flatMap(header -> header.getValue().stream())
                        .findFirst(),
                clock.instant());
    }

    private static Auth0Exception.Unavailable unavailable(Optional<Duration> retryAfter) {
        return new Auth0Exception.Unavailable(
                "authorization.facts_unavailable", "Facts about the requester can't be had now", retryAfter);
    }
}
