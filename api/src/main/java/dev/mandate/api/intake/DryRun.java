package dev.mandate.api.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.policy.Decision;
import dev.mandate.contracts.policy.Denial;
import dev.mandate.contracts.policy.Effect;
import java.util.List;
import java.util.Optional;

/**
 * The body of the answer to a dry run: what the intake would decide. Nothing was enqueued.
 *
 * @param decision allow, deny, or defer where facts are needed that only the worker can know
 * @param policy the policy's hash
 * @param rules the rules behind the decision
 * @param code the stable code of the denial
 * @param because the reason of the denial
 */
record DryRun(
        @JsonProperty("decision") Effect decision,
        @JsonProperty("policy") String policy,
        @JsonProperty("rules") List<String> rules,
        @JsonProperty("code") Optional<String> code,
        @JsonProperty("because") Optional<String> because) {

    static DryRun of(Decision decision) {
        return new DryRun(
                decision.effect(),
                decision.policy(),
                decision.rules(),
                decision.denial().map(Denial::code),
                decision.denial().map(Denial::because));
    }
}
