package dev.mandate.simulator.faults;

import dev.mandate.simulator.http.Request;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule that harms requests.
 *
 * @param method the method to match, or any
 * @param path the path to match, as sent or decoded, in which {@code *} stands for anything; or any
 * @param correlationId the {@code X-Correlation-ID} to match, or any
 * @param times how many requests it harms before it is used up
 * @param effect what happens to them
 */
public record Fault(
        Optional<String> method, Optional<String> path, Optional<String> correlationId, int times, Effect effect) {

    /** A fault for every request, once. */
    public static Fault once(Effect effect) {
        return new Fault(Optional.empty(), Optional.empty(), Optional.empty(), 1, effect);
    }

    /** The same for this many requests. */
    public Fault times(int count) {
        return new Fault(method, path, correlationId, count, effect);
    }

    /** The same for ever. */
    public Fault always() {
        return times(Integer.MAX_VALUE);
    }

    /** The same for one method and the paths that fit. */
    public Fault on(String onlyMethod, String onlyPath) {
        return new Fault(Optional.of(onlyMethod), Optional.of(onlyPath), correlationId, times, effect);
    }

    /** The same for one correlation id. */
    public Fault forCorrelation(String id) {
        return new Fault(method, path, Optional.of(id), times, effect);
    }

    boolean matches(Request request) {
        return method.filter(each -> !each.equals(request.method())).isEmpty()
                && path.filter(each -> !fits(each, request.path()) && !fits(each, request.decodedPath()))
                        .isEmpty()
                && correlationId
                        .filter(each -> !request.correlationId().equals(Optional.of(each)))
                        .isEmpty();
    }

    private static boolean fits(String glob, String path) {
        String regex = "\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E";
        return Pattern.matches(regex, path);
    }
}
