package dev.mandate.api.projection;

/** The read model can't be asked now, or can't answer truthfully. Intake goes on without it. */
public final class ReadModelUnavailableException extends RuntimeException {

    /** The code of the problem document that clients get, with 503. */
    public static final String CODE = "read_model.unavailable";

    /** It can't be asked, for this reason. */
    public ReadModelUnavailableException(Throwable cause) {
        super("The read model can't be asked", cause);
    }

    /** It is being brought up to date. */
    public ReadModelUnavailableException() {
        super("The read model is being brought up to date");
    }
}
