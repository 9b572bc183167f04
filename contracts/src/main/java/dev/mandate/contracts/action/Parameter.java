package dev.mandate.contracts.action;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.JsonNode;

/**
 * A path or query parameter.
 *
 * @param name as it stands in the path template or the query
 * @param required whether the operation can't do without it
 * @param schema its JSON Schema
 */
public record Parameter(
        @JsonProperty(value = "name", required = true) String name,
        @JsonProperty(value = "required", required = true) boolean required,
        @JsonProperty(value = "schema", required = true) JsonNode schema) {}
