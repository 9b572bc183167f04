package dev.mandate.worker.verification;

import com.nimbusds.jose.jwk.JWKSet;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Objects;

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

    DiscoveredKeys(String issuer, HttpClient http) {
        this.issuer = issuer;
        this.http = http;
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

    private byte[] get(URI uri) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (response.statusCode() != 200 || bytes.length > MAX_BYTES) {
                    throw new IOException("No usable answer from the issuer");
                }
                return bytes;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
