package dev.mandate.sandbox.process;

/** A process of the sandbox did not come up. The message says which, and shows the end of its log. */
public final class ServiceFailedException extends RuntimeException {

    ServiceFailedException(String message) {
        super(message);
    }
}
