package dev.mandate.contracts.sealing;

/**
 * What a sealed value is for. Opening asks for the same context, so a sealed value can't be moved elsewhere.
 *
 * @param value the header parameter's value
 */
public record SealingContext(String value) {

    /**
     * A requester's access token, known by its hash ({@code ath}): one seal serves all commands made with the token.
     */
    public static SealingContext token(String tokenHash) {
        return new SealingContext("token:" + tokenHash);
    }

    /** A secret argument of one command, at one place (a JSON pointer into its arguments). */
    public static SealingContext argument(String commandId, String pointer) {
        return new SealingContext("argument:" + commandId + ":" + pointer);
    }

    /** The result of one command. */
    public static SealingContext result(String commandId) {
        return new SealingContext("result:" + commandId);
    }
}
