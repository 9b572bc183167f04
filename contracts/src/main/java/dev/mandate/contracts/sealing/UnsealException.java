package dev.mandate.contracts.sealing;

/** A sealed value can't be opened: another reader's, another context's, destroyed key, or altered. */
public class UnsealException extends Exception {

    UnsealException(String message) {
        super(message, null, false, false);
    }

    /** It is sealed to a key that is not here: not any more, not yet, or never. */
    public static final class KeyMissing extends UnsealException {

        private final String kid;

        KeyMissing(String kid) {
            super("Sealed to a key that is not here");
            this.kid = kid;
        }

        /** The name of the key. */
        public String kid() {
            return kid;
        }
    }
}
