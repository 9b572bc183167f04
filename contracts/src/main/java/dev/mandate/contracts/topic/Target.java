package dev.mandate.contracts.topic;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A resource that an action acts on.
 *
 * @param type singular for one resource ({@code user}), plural for a collection ({@code users})
 * @param id the resource's id; {@code *} for a whole collection
 */
public record Target(
        @JsonProperty(value = "type", required = true) String type,
        @JsonProperty(value = "id", required = true) String id) {

    /** @throws IllegalArgumentException when a part is empty */
    public Target {
        if (type.isEmpty() || id.isEmpty()) {
            throw new IllegalArgumentException("A target has a type and an id");
        }
    }

    /** The record key {@code tenant|type|id}, which keeps all commands on the target in one partition and in order. */
    public String key(String tenant) {
        return tenant + "|" + type + "|" + id;
    }
}
