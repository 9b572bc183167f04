package dev.mandate.api.status;

import dev.mandate.api.security.Caller;
import dev.mandate.contracts.signing.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Entity tags (RFC 9110 §8.8.3): one per state of a command and way of seeing it. */
final class CommandTag {

    private static final int LENGTH = 24;
    private static final int PREFIX = "sha-256:".length();

    private CommandTag() {}

    static String of(CommandState state, Caller caller) {
        boolean own = state.submitted()
                .map(command -> Visibility.isOwn(caller, command.owner()))
                .orElse(false);
        String text = state.id()
                + ' '
                + state.submitted().map(CommandState.Submitted::payloadHash)
                + ' '
                + state.started()
                + ' '
                + state.ended().map(CommandState.Ended::offset)
                + ' '
                + state.resolution().map(CommandState.Resolved::position)
                + ' '
                + own;
        String hash = Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
        return '"' + hash.substring(PREFIX, PREFIX + LENGTH) + '"';
    }

    /**
     * Whether one of the tags of {@code If-None-Match} is this one; compared weakly (RFC 9110 §13.1.2). What is no tag
     * is none of ours: ours hold no commas.
     *
     * @param fields the header's values
     */
    static boolean matches(List<String> fields, String tag) {
        return fields.stream()
                .flatMap(field -> Arrays.stream(field.split(",")))
                .map(String::strip)
                .map(candidate -> candidate.startsWith("W/") ? candidate.substring(2) : candidate)
                .anyMatch(candidate -> candidate.equals("*") || candidate.equals(tag));
    }
}
