package dev.mandate.api.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An issuer of access tokens, with ES256, that signs whatever a test asks it to, and rotates its keys at will. */
public final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final String url;
    private volatile List<ECKey> keys;

    private TestIssuer(HttpServer server) {
        this.server = server;
        this.url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        this.keys = List.of(newKey());
    }

    public static TestIssuer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var issuer = new TestIssuer(server);
            issuer.serve(
                    "/.well-known/openid-configuration",
                    () -> "{\"issuer\":\"" + issuer.url + "\",\"jwks_uri\":\"" + issuer.url + "keys\"}");
            issuer.serve("/keys", () -> issuer.keySet().toString());
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The {@code iss} of its tokens. */
    public String url() {
        return url;
    }

    /** The public keys that it publishes now. */
    public JWKSet keySet() {
        return new JWKSet(new ArrayList<>(keys)).toPublicJWKSet();
    }

    /** The key that it signs with. */
    public ECKey key() {
        return keys.getFirst();
    }

    /** Takes a new key; the old ones are gone. */
    public void rotate() {
        keys = List.of(newKey());
    }

    /** An access token of this form. */
    public String token(TestTokens form) {
        return sign(form, header -> header, key());
    }

    /** An access token with another header. */
    public String token(TestTokens form, UnaryOperator<JWSHeader.Builder> header) {
        return sign(form, header, key());
    }

    /** A token in this issuer's name that somebody else signed. */
    public String forged(TestTokens form) {
        ECKey foreign = newKey();
        return sign(form, header -> header.keyID(key().getKeyID()), foreign);
    }

    private String sign(TestTokens form, UnaryOperator<JWSHeader.Builder> header, ECKey key) {
        JWTClaimsSet claims = form.claims(url);
        var builder = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID());
        var jwt = new SignedJWT(header.apply(builder).build(), claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(String path, java.util.function.Supplier<String> body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
