package dev.mandate.bench.worker;

import dev.mandate.bench.report.Spread;
import dev.mandate.bench.upstream.Seen;
import dev.mandate.contracts.json.StrictJson;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one opponent did with one upstream.
 *
 * @param opponent who
 * @param rounds the rounds that count, one at least
 */
record Score(Opponent opponent, List<Round> rounds) {

    /** Copies the list. */
    Score {
        rounds = List.copyOf(rounds);
    }

    /** Orders a second, by round. */
    Spread perSecond() {
        return spread(Round::perSecond);
    }

    /** Processor time for each order in milliseconds, by round. */
    Spread cpuMillis() {
        return spread(Round::cpuMillis);
    }

    /** The broker's or the database's processor time for each order in milliseconds, by round. */
    Spread storeMillis() {
        return spread(Round::storeMillis);
    }

    long duplicates() {
        return sum(Seen::duplicates);
    }

    long disorders() {
        return sum(Seen::disorders);
    }

    long lost() {
        return rounds.stream().mapToLong(Round::lost).sum();
    }

    /** Every round. */
    ObjectNode toJson() {
        var json = StrictJson.object().put("name", opponent.name());
        var list = json.putArray("rounds");
        for (var round : rounds) {
            list.addObject()
                    .put("orders", round.orders())
                    .put("millis", round.took().toMillis())
                    .put("cpu_millis", round.cpu().toMillis())
                    .put("store_cpu_millis", round.storeCpu().toMillis())
                    .put("duplicates", round.seen().duplicates())
                    .put("lost", round.lost())
                    .put("disorders", round.seen().disorders());
        }
        return json;
    }

    private Spread spread(ToDoubleFunction<Round> of) {
        return Spread.of(rounds.stream().map(of::applyAsDouble).toList());
    }

    private long sum(ToLongFunction<Seen> of) {
        return rounds.stream().map(Round::seen).mapToLong(of).sum();
    }
}
