package dev.mandate.api.security;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds an issuer's keys by OpenID Connect Discovery 1.0 (§4). Follows no redirects, reads no more than
 * {@value #MAX_BYTES} bytes, and believes a document only if it names the very issuer that was asked for (§4.3).
 */
final class DiscoveredKeySets implements KeySetFetcher {

    private static final int MAX_BYTES = 512 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String WELL_KNOWN = ".well-known/openid-configuration";

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();
    private final JsonMapper json = JsonMapper.shared();

    @Override
    public JWKSet fetch(String issuer) throws IOException {
        String base = issuer.endsWith("/") ? issuer : issuer + "/";
        JsonNode metadata = json.readTree(get(URI.create(base + WELL_KNOWN)));
        if (!issuer.equals(metadata.path("issuer").stringValue(""))) {
            throw new IOException("The discovery document names another issuer");
        }
        URI keys;
        try {
            keys = URI.create(metadata.path("jwks_uri").stringValue(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("The discovery document has no usable jwks_uri", e);
        }
        if (!isHttp(keys) || issuer.startsWith("https:") && !"https".equals(keys.getScheme())) {
            throw new IOException("The discovery document has no usable jwks_uri");
        }
        try {
            return JWKSet.parse(new String(get(keys), StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IOException("The issuer's keys are not a JWK set", e);
        }
    }

    private static boolean isHttp(URI uri) {
        return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    }

    /**
     * The whole answer within the time, whatever of it the issuer holds back: a request's own limit ends with the
     * headers.
     */
    private byte[] get(URI uri) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                HttpRequest.newBuilder(uri).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("The issuer answered with " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The issuer answered too much, too late or not at all", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }
}
