package dev.mandate.contracts.action;

import java.text.Normalizer;

/**
 * Ids that may stand in a path, a record key or a look-up, wherever in the arguments they come from. Auth0's own SDK
 * lets {@code ..} pop a segment, so an unsafe id could turn one operation into another; these are refused by the API
 * and again by the worker.
 */
final class SafeId {

    private static final int MAX_LENGTH = 255;
    private static final int MAX_API_LENGTH = 600;
    private static final String FORBIDDEN = "/\\%?#;";

    private SafeId() {}

    /**
     * Whether an id is safe: not empty, not {@code .} or {@code ..}, at most {@value #MAX_LENGTH} characters,
     * normalized (NFC), without white space, control, formatting (right-to-left and the like) or unassigned characters,
     * and without {@code / \ % ? # ;}.
     */
    static boolean of(String id) {
        return ofApi(id) && id.length() <= MAX_LENGTH && id.codePoints().noneMatch(c -> FORBIDDEN.indexOf(c) >= 0);
    }

    /**
     * Whether an API's identifier is safe. It is a URI, and so may hold what no other id may; it never stands in a
     * record key.
     */
    static boolean ofApi(String identifier) {
        return !identifier.isEmpty()
                && identifier.length() <= MAX_API_LENGTH
                && !identifier.equals(".")
                && !identifier.equals("..")
                && identifier.codePoints().allMatch(SafeId::isVisible)
                && Normalizer.isNormalized(identifier, Normalizer.Form.NFC);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
