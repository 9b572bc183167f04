package dev.mandate.contracts.action;

import java.text.Normalizer;

/**
 * Ids that may stand in a path. Auth0's own SDK lets {@code ..} pop a segment, so an unsafe id could turn one operation
 * into another; these are refused by the API and again by the worker.
 */
final class PathSegment {

    private static final int MAX_LENGTH = 255;
    private static final String FORBIDDEN = "/\\%?#;";

    private PathSegment() {}

    /**
     * Whether an id is safe: not empty, not {@code .} or {@code ..}, at most {@value #MAX_LENGTH} characters,
     * normalized (NFC), without white space, control, formatting (right-to-left and the like) or unassigned characters,
     * and without {@code / \ % ? # ;}.
     */
    static boolean isSafe(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && !id.equals(".")
                && !id.equals("..")
                && id.codePoints().allMatch(PathSegment::isSafe)
                && Normalizer.isNormalized(id, Normalizer.Form.NFC);
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> FORBIDDEN.indexOf(c) < 0;
        };
    }
}
