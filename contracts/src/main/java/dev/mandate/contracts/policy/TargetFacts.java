package dev.mandate.contracts.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mandate.contracts.topic.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one subject that a command affects.
 *
 * @param type as in {@link Target}
 * @param id as in {@link Target}
 * @param organizations the ids of the organizations that a user belongs to; absent when that is not known
 * @param oneself of somebody who is named by an address, a name or a number instead of an id: whether that is one of
 *     the requester's; absent when it is not known
 */
public record TargetFacts(
        @JsonProperty(value = "type", required = true) String type,
        @JsonProperty(value = "id", required = true) String id,
        @JsonProperty("organizations") Optional<List<String>> organizations,
        @JsonProperty("oneself") Optional<Boolean> oneself) {

    private static final String USER = "user";
    private static final Set<String> OTHERWISE = Set.of("email", "user_identifier");
    /** Ends the subject of an application's token, after its client id. */
    private static final String APPLICATION = "@clients";

    private static final String SEGMENT = "\\|";

    /** Copies the list, sorted. */
    public TargetFacts {
        organizations =
                organizations.map(ids -> ids.stream().distinct().sorted().toList());
    }

    /** A target of which nothing but its name is known. */
    public static TargetFacts unknown(Target target) {
        return new TargetFacts(target.type(), target.id(), Optional.empty(), Optional.empty());
    }

    /** Whether a target is somebody who is named by an address, a name or a number instead of an id. */
    public static boolean namesSomebodyOtherwise(Target target) {
        return OTHERWISE.contains(target.type());
    }

    /** Somebody who is named otherwise than by an id, and of whom it is known whether that is the requester. */
    public static TargetFacts named(Target somebody, boolean oneself) {
        return new TargetFacts(somebody.type(), somebody.id(), Optional.empty(), Optional.of(oneself));
    }

    /** A user of whom the organizations are known. */
    public static TargetFacts memberOf(Target user, List<String> organizations) {
        return new TargetFacts(user.type(), user.id(), Optional.of(organizations), Optional.empty());
    }

    /** Whether it is this person or application, or their own; empty when that is not known. */
    public Optional<Boolean> isRequester(RequesterFacts requester) {
        return requester.application() ? isApplication(requester.subject()) : isPerson(requester.subject());
    }

    private Optional<Boolean> isPerson(String subject) {
        if (type.equals(USER)) {
            return Optional.of(same(id, subject));
        }
        return OTHERWISE.contains(type) ? oneself : Optional.of(false);
    }

    /** A grant has an id that does not say whose it is. */
    private Optional<Boolean> isApplication(String subject) {
        return switch (type) {
            case "client" -> Optional.of(subject.equals(id + APPLICATION));
            case "client_grant" -> Optional.empty();
            default -> Optional.of(false);
        };
    }

    /**
     * Whether two ids are one user's. Where an identity is named by a provider and an id, that id may or may not have
     * the provider and the connection before it: {@code samlp|john} and {@code samlp|acme|john}.
     */
    private static boolean same(String one, String other) {
        String[] left = one.split(SEGMENT, -1);
        String[] right = other.split(SEGMENT, -1);
        return one.equals(other)
                || left.length != right.length
                        && left[0].equals(right[0])
                        && left[left.length - 1].equals(right[right.length - 1]);
    }
}
