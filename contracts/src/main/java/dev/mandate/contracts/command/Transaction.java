package dev.mandate.contracts.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Lane;
import dev.mandate.contracts.topic.Target;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked for: the claim {@code tctx}.
 *
 * @param tenant the tenant's alias
 * @param action the action's name
 * @param target the target that gives the record key
 * @param arguments the action's arguments; at the places that the catalogue calls secret stand compact JWEs
 * @param reason the requester's words
 * @param lane interactive or bulk
 * @param idempotencyKey the client's key
 * @param requestHash says whether two commands of one id are the same request
 */
public record Transaction(
        @JsonProperty(value = "tenant", required = true) String tenant,
        @JsonProperty(value = "action", required = true) String action,
        @JsonProperty(value = "target", required = true) Target target,
        @JsonProperty(value = "arguments", required = true) ObjectNode arguments,
        @JsonProperty("reason") Optional<String> reason,
        @JsonProperty(value = "lane", required = true) Lane lane,
        @JsonProperty("idempotency_key") Optional<String> idempotencyKey,

        @JsonProperty(value = "request_hash", required = true)
        String requestHash) {}
