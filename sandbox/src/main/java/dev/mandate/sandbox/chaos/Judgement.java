package dev.mandate.sandbox.chaos;

import dev.mandate.sandbox.demo.Narrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the checker says of a history.
 *
 * @param history what was judged
 * @param verdicts one for each property, in their order
 */
record Judgement(History history, List<Verdict> verdicts) {

    private static final int SHOWN = 5;

    /** What was found out about one property. */
    record Verdict(Property property, Finding finding) {}

    /** Copies the list. */
    Judgement {
        verdicts = List.copyOf(verdicts);
    }

    static Judgement of(History history) {
        return new Judgement(
                history,
                Arrays.stream(Property.values())
                        .map(property -> new Verdict(property, property.in(history)))
                        .toList());
    }

    boolean holds() {
        return violated().isEmpty();
    }

    List<Property> violated() {
        return verdicts.stream()
                .filter(verdict -> !verdict.finding().holds())
                .map(Verdict::property)
                .toList();
    }

    /** One line for each property, and the sum. */
    void tell(Narrator narrator) {
        narrator.heading("What must hold all the same");
        for (var verdict : verdicts) {
            var finding = verdict.finding();
            narrator.remark("  %-6s %s (%s)"
                    .formatted(
                            finding.holds() ? "holds" : "FAILED",
                            verdict.property().claim(),
                            finding.looked()));
            finding.violations().stream().limit(SHOWN).forEach(violation -> narrator.remark("         " + violation));
            if (finding.violations().size() > SHOWN) {
                narrator.remark(
                        "         and %d more".formatted(finding.violations().size() - SHOWN));
            }
        }
        narrator.heading("%d of %d properties hold"
                .formatted(verdicts.size() - violated().size(), verdicts.size()));
    }

    /** Everything that was judged, for whoever has to find out why; it holds no secrets. */
    void write(Path file) {
        var lines = new ArrayList<String>();
        for (var verdict : verdicts) {
            lines.add(verdict.property() + ": " + verdict.finding().looked());
            lines.addAll(verdict.finding().violations());
        }
        history.commands().forEach(command -> lines.add(command.toString()));
        history.outcomes().forEach(outcome -> lines.add(outcome.toString()));
        history.promises().forEach(promise -> lines.add(promise.toString()));
        history.calls().forEach(call -> lines.add(call.toString()));
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
