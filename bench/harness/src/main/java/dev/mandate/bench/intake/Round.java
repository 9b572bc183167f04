package dev.mandate.bench.intake;

/**
 * Some seconds of a closed loop.
 *
 * @param accepted how many commands were accepted
 * @param refused how many were not, for whatever reason
 * @param seconds how long it took
 * @param p50 milliseconds that half of the accepted ones did not exceed
 * @param p99 the same of 99 %
 * @param serverCpu what the server took of the processor, in milliseconds
 * @param clientCpu what the client took
 */
record Round(long accepted, long refused, double seconds, double p50, double p99, double serverCpu, double clientCpu) {

    /** Commands accepted in a second. */
    double perSecond() {
        return accepted / seconds;
    }

    /** The server's processor time for each, in milliseconds. */
    double serverMillis() {
        return serverCpu / Math.max(1, accepted);
    }

    /** The client's processor time for each, in milliseconds. */
    double clientMillis() {
        return clientCpu / Math.max(1, accepted);
    }
}
