package dev.mandate.worker.execution;

import java.net.http.HttpHeaders;

/** What is known of a call after it was made. */
sealed interface Answer {

    /**
     * An answer came.
     *
     * @param body as much as was read
     * @param complete whether that is all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(int status, HttpHeaders headers, byte[] body, boolean complete) implements Answer {

        /** Neither headers nor body. */
        @Override
        public String toString() {
            return "answer " + status;
        }
    }

    /** Nothing of the request left this machine: no connection came about, or none to a server that can be trusted. */
    record NotSent() implements Answer {}

    /** The request may have arrived; no answer came. */
    record Lost() implements Answer {}
}
