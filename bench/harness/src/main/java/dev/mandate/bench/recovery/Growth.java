package dev.mandate.bench.recovery;

import dev.mandate.bench.report.Figures;
import dev.mandate.bench.report.Spread;
import dev.mandate.contracts.json.StrictJson;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * What crashes cost at one size of the log.
 *
 * @param commands how many settled commands the log held at first
 * @param crashes how many times a worker was killed, as far as it went
 * @param samples of those after which everything ended
 */
record Growth(int commands, int crashes, List<Crash.Sample> samples) {

    private static final String NOTHING = "–";
    private static final double SECOND = 1_000;

    /** Copies the list. */
    Growth {
        samples = List.copyOf(samples);
    }

    /** A line of the table. */
    List<String> row(double session) {
        var name = String.format(Locale.ROOT, "%,d", commands);
        var missed = String.valueOf(crashes - samples.size());
        if (samples.isEmpty()) {
            return List.of(name, NOTHING, NOTHING, Figures.of(session), NOTHING, missed);
        }
        var first = seconds(Crash.Sample::first);
        return List.of(
                name,
                Figures.of(first),
                Figures.of(seconds(Crash.Sample::last)),
                Figures.of(session),
                Figures.of(first.median() - session),
                missed);
    }

    ObjectNode toJson() {
        var json = StrictJson.object().put("commands", commands).put("crashes", crashes);
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
