package dev.mandate.worker.verification;

import com.nimbusds.jose.jwk.JWKSet;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An issuer's keys by OpenID Connect discovery (OpenID Connect Discovery 1.0 §4). The issuer is a configured one, never
 * one that a token names; its document must name the same issuer, and keys on the same host, so that it can't send the
 * worker elsewhere.
 */
final class DiscoveredKeys implements KeySource {

    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String issuer;
    private final HttpClient http;
    private final Duration timeout;

    DiscoveredKeys(String issuer, HttpClient http) {
        this(issuer, http, TIMEOUT);
    }

    /** @param timeout how long each of the two documents may take */
    DiscoveredKeys(String issuer, HttpClient http, Duration timeout) {
        this.issuer = issuer;
        this.http = http;
        this.timeout = timeout;
    }

    @Override
    public JWKSet fetch() throws IOException {
        String base = issuer.endsWith("/") ? issuer : issuer + "/";
        try {
            var document = StrictJson.parseObject(get(URI.create(base + ".well-known/openid-configuration")));
            if (!issuer.equals(document.path("issuer").asString(""))) {
                throw new IOException("The discovery document is another issuer's");
            }
            URI keys = URI.create(document.path("jwks_uri").asString(""));
            URI home = URI.create(issuer);
            if (!Objects.equals(home.getScheme(), keys.getScheme())
                    || !Objects.equals(home.getAuthority(), keys.getAuthority())) {
                throw new IOException("The issuer's keys are on another host");
            }
            return JWKSet.parse(new String(get(keys), StandardCharsets.UTF_8));
        } catch (MalformedJsonException | ParseException | IllegalArgumentException e) {
            throw new IOException("The issuer's documents can't be read", e);
        }
    }

    /**
     * The whole answer within the time, whatever of it the issuer holds back: a request's own limit ends with the
     * headers.
     */
    private byte[] get(URI uri) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("No usable answer from the issuer");
            }
            return response.body();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("No usable answer from the issuer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }
}
