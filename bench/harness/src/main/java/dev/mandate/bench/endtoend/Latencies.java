package dev.mandate.bench.endtoend;

import dev.mandate.bench.report.Spread;
import dev.mandate.contracts.json.StrictJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How long each request took, and how many came to nothing. */
final class Latencies {

    private final List<Double> millis = new ArrayList<>();
    private int failed;
    private double perSecond;
    private double upstreamMillis;

    synchronized void add(boolean succeeded, long nanos) {
        if (succeeded) {
            millis.add(nanos / 1e6);
        } else {
            failed++;
        }
    }

    /** All is over: how long it went on, and how long the upstream took for each on average. */
    synchronized Latencies over(Duration length, double upstreamTook) {
        perSecond = millis.size() * 1e9 / length.toNanos();
        upstreamMillis = upstreamTook;
        return this;
    }

    double perSecond() {
        return perSecond;
    }

    double upstreamMillis() {
        return upstreamMillis;
    }

    /** How many requests there were. */
    synchronized int count() {
        return millis.size() + failed;
    }

    int failed() {
        return failed;
    }

    /** What this share of the requests does not exceed, in milliseconds; not a number when none has succeeded. */
    synchronized double quantile(double share) {
        return millis.isEmpty()
                ? Double.NaN
                : Spread.quantile(millis.stream().sorted().toList(), share);
    }

    synchronized ObjectNode toJson() {
        var json = StrictJson.object()
                .put("per_second", perSecond)
                .put("upstream_millis", upstreamMillis)
                .put("failed", failed);
        var samples = json.putArray("millis");
        millis.forEach(samples::add);
        return json;
    }
}
