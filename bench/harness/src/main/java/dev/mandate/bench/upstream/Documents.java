package dev.mandate.bench.upstream;

import dev.mandate.bench.upstream.HttpServer.Answer;
import dev.mandate.contracts.json.MalformedJsonException;
import dev.mandate.contracts.json.StrictJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** What is asked of an issuer and of a tenant besides changes: always the same, and true of everybody. */
final class Documents {

    private static final long A_DAY = 86_400;
    private static final int PAGE = 50;

    private final Answer discovery;
    private final Answer keys;
    private final Answer permissions;

    /**
     * @param issuer the base URL, with a trailing slash
     * @param audience whose permissions everybody has
     * @param permissions those permissions, separated by commas
     * @param jwks the issuer's public keys
     */
    Documents(String issuer, String audience, String permissions, String jwks) {
        this.discovery = new Answer(
                200,
                StrictJson.write(StrictJson.object()
                        .put("issuer", issuer)
                        .put("token_endpoint", issuer + "oauth/token")
                        .put("jwks_uri", issuer + ".well-known/jwks.json")));
        this.keys = Answer.json(jwks);
        var page = StrictJson.object();
        // As the SDK asks for them: with totals.
        var list = page.put("start", 0).put("limit", PAGE).putArray("permissions");
        for (var permission : permissions.split(",", -1)) {
            list.addObject()
                    .put("permission_name", permission)
                    .put("description", permission)
                    .put("resource_server_name", "Mandate")
                    .put("resource_server_identifier", audience);
        }
        page.put("length", list.size()).put("total", list.size());
        this.permissions = new Answer(200, StrictJson.write(page));
    }

    Answer answer(HttpRequest request) {
        var path = request.path();
        if (path.equals("/.well-known/openid-configuration")) {
            return discovery;
        }
        if (path.equals("/.well-known/jwks.json")) {
            return keys;
        }
        if (path.equals("/oauth/token")) {
            return token(new String(request.body(), StandardCharsets.UTF_8));
        }
        if (path.startsWith("/api/v2/users/")) {
            return path.contains("/permissions") ? permissions : Answer.json("{\"user_id\":\"x\",\"blocked\":false}");
        }
        return Answer.notFound();
    }

    /** A token with exactly the scopes that were asked for. */
    private static Answer token(String body) {
        return new Answer(
                200,
                StrictJson.write(StrictJson.object()
                        .put("access_token", "a-management-token")
                        .put("token_type", "Bearer")
                        .put("expires_in", A_DAY)
                        .put("scope", scope(body))));
    }

    private static String scope(String body) {
        try {
            return StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8))
                    .path("scope")
                    .asString("");
        } catch (MalformedJsonException e) {
            return fields(body)
                    .filter(field -> field.startsWith("scope="))
                    .map(field -> URLDecoder.decode(field.substring("scope=".length()), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElse("");
        }
    }

    private static Stream<String> fields(String form) {
        return Arrays.stream(form.split("&"));
    }
}
