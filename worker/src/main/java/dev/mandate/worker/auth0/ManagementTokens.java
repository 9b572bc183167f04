package dev.mandate.worker.auth0;

import com.auth0.client.auth.AuthAPI;
import com.auth0.exception.APIException;
import com.auth0.exception.RateLimitException;
import com.auth0.json.auth.TokenHolder;
import dev.mandate.worker.limits.RetryHints;
import dev.mandate.worker.settings.TenantSettings.WiderScope;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens for the Management API with the fewest scopes: one per credential and set of scopes, kept until well before it
 * expires, with one fetch in flight for each.
 */
public final class ManagementTokens {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementTokens.class);

    /** A token is renewed so long before it expires at least. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** What may stand in an Authorization header (RFC 6750 §2.1). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final SdkTransport transport;
    private final Clock clock;
    private final Map<Key, CompletableFuture<ManagementToken>> tokens = new ConcurrentHashMap<>();
    private final Map<ClientKey, AuthAPI> clients = new ConcurrentHashMap<>();

    private record Key(String tenant, String clientId, List<String> scopes) {}

    private record ClientKey(String tenant, String clientId) {}

    ManagementTokens(SdkTransport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * A token with these scopes, by the narrowest credential that covers them.
     *
     * @throws Auth0Exception.Unavailable when it can't be had now
     * @throws Auth0Exception.Refused when no credential covers the scopes, Auth0 refuses them, or the token that it
     *     gives is wider than the tenant's settings tolerate
     */
    public ManagementToken get(Tenant tenant, Collection<String> wanted) throws Auth0Exception {
        List<String> scopes = List.copyOf(new TreeSet<>(wanted));
        Credential credential = tenant.credential(scopes)
                .orElseThrow(() -> new Auth0Exception.Refused(
                        "credential.insufficient", "No credential of this tenant covers the action's scopes"));
        Key key = new Key(tenant.alias(), credential.clientId(), scopes);
        while (true) {
            var mine = new CompletableFuture<ManagementToken>();
            CompletableFuture<ManagementToken> known = tokens.putIfAbsent(key, mine);
            if (known == null) {
                fetch(tenant, credential, key, mine);
            }
            CompletableFuture<ManagementToken> current = known == null ? mine : known;
            ManagementToken token = await(current);
            // A token that was fetched just now is used, however short its life: another would be no better.
            if (known == null || clock.instant().isBefore(token.renewAt())) {
                return token;
            }
            tokens.remove(key, current);
        }
    }

    /** Forgets a token that Auth0 no longer takes. */
    public void forget(ManagementToken token) {
        tokens.values()
                .removeIf(known -> known.isDone()
                        && !known.isCompletedExceptionally()
                        && known.join().equals(token));
    }

    private void fetch(Tenant tenant, Credential credential, Key key, CompletableFuture<ManagementToken> into) {
        try {
            into.complete(request(tenant, credential, key.scopes()));
        } catch (Throwable e) {
            // An error, too: nobody would ever be told, and everybody would wait for it.
            tokens.remove(key, into);
            into.completeExceptionally(e);
        }
    }

    private static ManagementToken await(CompletableFuture<ManagementToken> token) throws Auth0Exception {
        try {
            return token.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Auth0Exception known) {
                throw known;
            }
            throw new Auth0Exception.Unavailable("upstream.token", "The token request failed", Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Auth0Exception.Unavailable("upstream.token", "The worker is stopping", Optional.empty());
        }
    }

    private ManagementToken request(Tenant tenant, Credential credential, List<String> scopes) throws Auth0Exception {
        Instant now = clock.instant();
        AuthAPI client = clients.computeIfAbsent(
                new ClientKey(tenant.alias(), credential.clientId()),
                absent -> credential.client(tenant.url(), transport));
        TokenHolder granted;
        try {
            granted = client.requestToken(tenant.managementAudience())
                    .setScope(String.join(" ", scopes))
                    .execute()
                    .getBody();
        } catch (RateLimitException e) {
            throw new Auth0Exception.Unavailable(
                    "upstream.rate_limited", "Auth0 limits the rate of tokens", RetryHints.seconds(e.getRetryAfter()));
        } catch (APIException e) {
            throw e.getStatusCode() >= 500 || e.getStatusCode() == 408
                    ? unavailable()
                    : new Auth0Exception.Refused("upstream.token_refused", "Auth0 refuses the worker a token");
        } catch (IOException e) {
            throw unavailable();
        }
        return accept(tenant, credential, scopes, granted, now);
    }

    private static Auth0Exception.Unavailable unavailable() {
        return new Auth0Exception.Unavailable(
                "upstream.unavailable", "Auth0's token endpoint can't be reached", Optional.empty());
    }

    private static ManagementToken accept(
            Tenant tenant, Credential credential, List<String> scopes, TokenHolder granted, Instant now)
            throws Auth0Exception {
        if (granted.getAccessToken() == null
                || !TOKEN.matcher(granted.getAccessToken()).matches()) {
            throw new Auth0Exception.Refused("upstream.token_refused", "Auth0's answer holds no token");
        }
        var wider = new TreeSet<String>();
        // RFC 6749 §5.1: an answer without scope grants exactly what was asked for.
        if (granted.getScope() != null) {
            Arrays.stream(granted.getScope().split(" "))
                    .filter(scope -> !scope.isEmpty())
                    .forEach(wider::add);
            if (!wider.containsAll(scopes)) {
                throw new Auth0Exception.Refused("upstream.token_refused", "Auth0 grants fewer scopes than are needed");
            }
            scopes.forEach(wider::remove);
        }
        if (!wider.isEmpty()) {
            if (tenant.widerScope() == WiderScope.REFUSED) {
                throw new Auth0Exception.Refused(
                        "credential.wider_scope", "Auth0 gave a token with more scopes than were asked for");
            }
            if (tenant.widerScope() == WiderScope.WARNED) {
                LOG.atWarn()
                        .addKeyValue("tenant", tenant.alias())
                        .addKeyValue("clientId", credential.clientId())
                        .addKeyValue("requested", scopes)
                        .addKeyValue("wider", wider)
                        .log("Management token wider than asked for");
            }
        }
        Duration lifetime = Duration.ofSeconds(Math.max(0, granted.getExpiresIn()));
        Duration margin = MARGIN.compareTo(lifetime.dividedBy(5)) < 0 ? MARGIN : lifetime.dividedBy(5);
        return new ManagementToken(
                granted.getAccessToken(),
                scopes,
                List.copyOf(wider),
                now.plus(lifetime).minus(margin));
    }
}
