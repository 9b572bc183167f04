package dev.mandate.bench.intake;

import dev.mandate.bench.report.Spread;
import dev.mandate.contracts.json.StrictJson;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one of them did.
 *
 * @param taker who
 * @param rounds the rounds that count, one at least
 */
record Score(Taker taker, List<Round> rounds) {

    /** Copies the list. */
    Score {
        rounds = List.copyOf(rounds);
    }

    /** Of the rounds, whatever is asked of each. */
    Spread of(ToDoubleFunction<Round> what) {
        return Spread.of(rounds.stream().map(what::applyAsDouble).toList());
    }

    long refused() {
        return rounds.stream().mapToLong(Round::refused).sum();
    }

    /** Every round. */
    ObjectNode toJson() {
        var json = StrictJson.object().put("name", taker.name());
        var list = json.putArray("rounds");
        for (var round : rounds) {
            list.addObject()
                    .put("accepted", round.accepted())
                    .put("refused", round.refused())
                    .put("millis", round.seconds() * 1000)
                    .put("p50_millis", round.p50())
                    .put("p99_millis", round.p99())
                    .put("server_cpu_millis", round.serverCpu())
                    .put("client_cpu_millis", round.clientCpu());
        }
        return json;
    }
}
