package dev.mandate.worker.execution;

import dev.mandate.contracts.action.Repeat;

/**
 * What an answer means for a command: a pure function of the answer, of what a repetition would do, and of the past.
 */
enum Reading {
    /** Auth0 did it. */
    DONE,
    /** Auth0 will do it. */
    ACCEPTED,
    /** Auth0 refused it, and nothing happened. */
    REFUSED,
    /** The token is no longer good; nothing happened. */
    TOKEN_REFUSED,
    /** Nothing happened, and it may go better later. */
    AGAIN,
    /** It may have happened, and doing it again is right. */
    AGAIN_IN_DOUBT,
    /** It may have happened, and nobody can tell. */
    IN_DOUBT;

    /**
     * Reads an answer.
     *
     * @param repeat what a second try of the operation does
     * @param doubtBefore whether an earlier try may have done it already
     */
    static Reading of(Answer answer, Repeat repeat, boolean doubtBefore) {
        return switch (answer) {
            case Answer.NotSent none -> AGAIN;
            case Answer.Lost lost -> unclear(repeat);
            case Answer.Received received -> of(received.status(), repeat, doubtBefore);
        };
    }

    private static Reading of(int status, Repeat repeat, boolean doubtBefore) {
        if (status == 202) {
            return ACCEPTED;
        }
        if (status >= 200 && status < 300) {
            return DONE;
        }
        return switch (status) {
            case 401 -> TOKEN_REFUSED;
            // Once it may have been done, "it exists already" does not say who did it.
            case 409 -> doubtBefore && repeat == Repeat.GUARDED ? IN_DOUBT : REFUSED;
            case 429 -> AGAIN;
            case 408 -> unclear(repeat);
            default -> status >= 500 ? unclear(repeat) : REFUSED;
        };
    }

    private static Reading unclear(Repeat repeat) {
        return switch (repeat) {
            case SAFE -> AGAIN;
            case IDEMPOTENT, GUARDED -> AGAIN_IN_DOUBT;
            case UNSAFE -> IN_DOUBT;
        };
    }
}
