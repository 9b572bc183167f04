package dev.mandate.simulator.people;

import dev.mandate.simulator.operation.ApiError;
import dev.mandate.simulator.seed.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a {@code PATCH} of a user asks for. */
final class UserChange {

    /** Members that steer the request and are no part of the person. */
    private static final Set<String> STEERING =
            Set.of("connection", "client_id", "verify_email", "verify_phone_number", "password");

    private static final Set<String> METADATA = Set.of("user_metadata", "app_metadata");

    private static final Set<String> ATTRIBUTES = Set.of(
            "blocked",
            "email_verified",
            "email",
            "phone_number",
            "phone_verified",
            "given_name",
            "family_name",
            "name",
            "nickname",
            "picture",
            "username");

    private final ObjectNode body;

    private UserChange(ObjectNode body) {
        this.body = body;
    }

    /** The description of the API allows any member here; the API itself does not. */
    static UserChange of(ObjectNode body) throws ApiError {
        List<String> unknown = body.propertyNames().stream()
                .filter(name -> !STEERING.contains(name) && !METADATA.contains(name) && !ATTRIBUTES.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw ApiError.invalidBody("Additional properties not allowed: " + String.join(",", unknown)
                    + " (consider storing them in app_metadata or user_metadata)");
        }
        return new UserChange(body);
    }

    Optional<String> email() {
        return text("email");
    }

    Optional<Secret> password() {
        return text("password").map(Secret::new);
    }

    /** Applies everything but the password: null unsets, metadata is merged at its first level. */
    void apply(ObjectNode user) {
        if (email().isPresent() && !body.path("email").equals(user.path("email"))) {
            user.put("email_verified", false);
        }
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (METADATA.contains(name)) {
                merge(user, name, value);
            } else if (ATTRIBUTES.contains(name)) {
                setOrUnset(user, name, value);
            }
        }
    }

    /** An empty object clears the metadata. */
    private static void merge(ObjectNode user, String name, JsonNode changes) {
        ObjectNode metadata = user.withObjectProperty(name);
        if (changes.isEmpty()) {
            metadata.removeAll();
        }
        changes.properties().forEach(change -> setOrUnset(metadata, change.getKey(), change.getValue()));
    }

    private static void setOrUnset(ObjectNode object, String name, JsonNode value) {
        if (value.isNull()) {
            object.remove(name);
        } else {
            object.set(name, value.deepCopy());
        }
    }

    private Optional<String> text(String name) {
        return Optional.of(body.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
