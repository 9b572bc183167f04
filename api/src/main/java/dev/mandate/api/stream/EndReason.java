package dev.mandate.api.stream;

/** Why a stream ends: stable codes, told to the client in the last event and counted. */
enum EndReason {
    /** The access token expired. */
    TOKEN_EXPIRED("token_expired"),
    /** The command has its outcome: nothing more will come. */
    COMMAND_ENDED("command_ended"),
    /** The client reads too slowly. */
    SLOW("slow"),
    /** Records may have been missed here. */
    INTERRUPTED("interrupted"),
    /** This instance is shutting down. */
    SHUTDOWN("shutdown"),
    /** The client is gone. */
    GONE("gone");

    private final String code;

    EndReason(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
