package dev.mandate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one subject that a command affects.
 *
 * @param type as in {@link Target}
 * @param id as in {@link Target}
 * @param organizations the ids of the organizations that a user belongs to; absent when that is not known
 */
public record TargetFacts(
        @JsonProperty(value = "type", required = true) String type,
        @JsonProperty(value = "id", required = true) String id,
        @JsonProperty("organizations") Optional<List<String>> organizations) {

    /** Copies the list, sorted. */
    public TargetFacts {
        organizations =
                organizations.map(ids -> ids.stream().distinct().sorted().toList());
    }

    /** A target of which nothing but its name is known. */
    public static TargetFacts unknown(Target target) {
        return new TargetFacts(target.type(), target.id(), Optional.empty());
    }

    /** A user of whom the organizations are known. */
    public static TargetFacts memberOf(Target user, List<String> organizations) {
        return new TargetFacts(user.type(), user.id(), Optional.of(organizations));
    }
}
