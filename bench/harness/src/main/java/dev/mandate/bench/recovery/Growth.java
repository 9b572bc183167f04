package dev.mandate.bench.recovery;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Spread;
import dev.mandate.bench.upstream.Seen;
import dev.mandate.contracts.json.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * What crashes cost at one size of the log.
 *
 * @param commands how many settled commands the log held at first
 * @param successor who goes on after a crash
 * @param crashes how many times the worker was killed, as far as it went
 * @param samples of those after which everything ended
 * @param session after how long a worker counts as gone
 * @param waited how many commands were left to be executed, in all
 * @param seen what came of them at the upstream
 */
record Growth(
        int commands,
        String successor,
        int crashes,
        List<Crash.Sample> samples,
        Duration session,
        long waited,
        Seen seen) {

    private static final String NOTHING = "–";
    private static final double SECOND = 1_000;

    /** Copies the list. */
    Growth {
        samples = List.copyOf(samples);
    }

    /** A line of the table. */
    List<String> row() {
        double timeout = session.toMillis() / SECOND;
        var name = String.format(Locale.ROOT, "%,d", commands);
        var twice = String.valueOf(seen.duplicates());
        var missed = String.valueOf(crashes - samples.size());
        if (samples.isEmpty()) {
            return List.of(name, successor, NOTHING, NOTHING, Figures.of(timeout), NOTHING, missed, twice);
        }
        var first = seconds(Crash.Sample::first);
        return List.of(
                name,
                successor,
                Figures.of(first),
                Figures.of(seconds(Crash.Sample::last)),
                Figures.of(timeout),
                Figures.of(first.median() - timeout),
                missed,
                twice);
    }

    /** What is said of it as soon as it is known. */
    String inShort() {
        var first = samples.isEmpty() ? NOTHING : Figures.of(seconds(Crash.Sample::first));
        return String.format(
                Locale.ROOT, "%,d settled commands, %s: %s s to the first outcome", commands, successor, first);
    }

    ObjectNode toJson() {
        var json = StrictJson.object()
                .put("commands", commands)
                .put("successor", successor)
                .put("crashes", crashes)
                .put("session_timeout_millis", session.toMillis())
                .put("waited", waited)
                .put("executed", seen.distinct())
                .put("executed_twice", seen.duplicates());
        var list = json.putArray("samples");
        for (var sample : samples) {
            list.addObject().put("first_millis", sample.first()).put("last_millis", sample.last());
        }
        return json;
    }

    private Spread seconds(ToLongFunction<Crash.Sample> of) {
        return Spread.of(
                samples.stream().map(sample -> of.applyAsLong(sample) / SECOND).toList());
    }
}
