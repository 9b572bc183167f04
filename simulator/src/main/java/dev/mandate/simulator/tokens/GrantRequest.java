package dev.mandate.simulator.tokens;

import dev.mandate.simulator.http.Json;
import dev.mandate.simulator.http.Parameters;
import dev.mandate.simulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The parameters of a token request, sent as JSON or as a form. */
final class GrantRequest {

    private final Map<String, String> parameters;

    private GrantRequest(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static GrantRequest of(Request request) throws OAuthError {
        String type = request.header("content-type").orElse("");
        Map<String, String> parameters = new LinkedHashMap<>();
        if (type.startsWith("application/x-www-form-urlencoded")) {
            Parameters form = Parameters.decode(new String(request.body(), StandardCharsets.UTF_8));
            form.names().forEach(name -> form.find(name).ifPresent(value -> parameters.put(name, value)));
            return new GrantRequest(parameters);
        }
        try {
            for (Map.Entry<String, JsonNode> member :
                    Json.objectFrom(request.body()).properties()) {
                parameters.put(member.getKey(), member.getValue().asString(""));
            }
        } catch (Json.MalformedJson e) {
            throw new OAuthError(400, "invalid_request", "The body is neither JSON nor a form");
        }
        return new GrantRequest(parameters);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    String require(String name) throws OAuthError {
        return find(name).orElseThrow(() -> OAuthError.missing(name));
    }

    List<String> scopes() {
        return find("scope").stream()
                .flatMap(scope -> Arrays.stream(scope.strip().split("\\s+")))
                .distinct()
                .toList();
    }
}
