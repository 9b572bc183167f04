package dev.mandate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * All that a decision rests on besides the action and its arguments. The worker records them in the outcome, so that
 * anybody can compute the decision again.
 *
 * @param requester who asks
 * @param tenant where
 * @param targets on whom or what: every subject that the action affects
 */
public record Facts(
        @JsonProperty(value = "requester", required = true) RequesterFacts requester,
        @JsonProperty(value = "tenant", required = true) TenantFacts tenant,
        @JsonProperty(value = "targets", required = true) List<TargetFacts> targets) {

    /** Copies the list. */
    public Facts {
        targets = List.copyOf(targets);
    }
}
