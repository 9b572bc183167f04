package dev.mandate.simulator.faults;

import dev.mandate.simulator.http.Request;
import dev.mandate.simulator.http.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a fault does to a request. Delays and holds come first and let the request go on; the others decide its fate.
 */
public sealed interface Effect {

    /** The request waits before it is processed. */
    record Delay(Duration by) implements Effect {}

    /** The request waits before it is processed, until its fault is removed. */
    record Hold() implements Effect {}

    /**
     * 429, nothing is processed.
     *
     * @param retryAfter the {@code Retry-After} header in whole seconds, if there is to be one
     */
    record TooManyRequests(Optional<Duration> retryAfter) implements Effect {}

    /**
     * A server error, nothing is processed.
     *
     * @param status from 500 to 599
     */
    record ServerError(int status) implements Effect {

        /** Checks the status. */
        public ServerError {
            if (status < 500 || status > 599) {
                throw new IllegalArgumentException(status + " is no server error");
            }
        }
    }

    /** The connection is cut before anything is processed. */
    record CutBefore() implements Effect {}

    /** The connection is cut, and the request is processed as ever, after a while. */
    record CutMeanwhile(Duration by) implements Effect {}

    /** The request is processed as ever, and the connection is cut instead of an answer. */
    record LostAnswer() implements Effect {}

    /**
     * The request is processed as ever, and another answer is given.
     *
     * @param by makes it out of the request and the answer that it would have had
     */
    record OtherAnswer(BiFunction<Request, Response, Response> by) implements Effect {}

    /** Whether the request goes on to meet further faults and then to be processed. */
    default boolean passing() {
        return switch (this) {
            case Delay _, Hold _ -> true;
            case TooManyRequests _, ServerError _, CutBefore _, CutMeanwhile _, LostAnswer _, OtherAnswer _ -> false;
        };
    }
}
