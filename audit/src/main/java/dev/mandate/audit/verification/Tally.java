package dev.mandate.audit.verification;

import dev.mandate.audit.log.Extent;
import dev.mandate.contracts.command.CommandId;
import dev.mandate.contracts.topic.LogRecord.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what was examined and keeps what does not hold. */
final class Tally {

    /** More than a person reads; all are counted. */
    static final int MAX_FINDINGS = 1000;

    private final Map<Check, Count> counts = new EnumMap<>(Check.class);
    private final List<Finding> findings = new ArrayList<>();

    private static final class Count {
        private long examined;
        private long failed;
        private long open;
        private final Map<String, Long> notes = new LinkedHashMap<>();
    }

    Tally() {
        Arrays.stream(Check.values()).forEach(check -> counts.put(check, new Count()));
    }

    /** The check was applied once more, whatever it found. */
    void examined(Check check) {
        count(check).examined++;
    }

    /** The check does not hold for this record. */
    void fails(Check check, Position place, CommandId command, String reason) {
        fails(new Finding(check, place.toString(), Optional.of(command.value()), reason));
    }

    /** The check does not hold for this record, which is not known to be about any command. */
    void fails(Check check, String place, String reason) {
        fails(new Finding(check, place, Optional.empty(), reason));
    }

    /** Counts something that is no failure but ought to be known. */
    void note(Check check, String what) {
        count(check).notes.merge(what, 1L, Long::sum);
    }

    /** Tells of a number of something that is no failure but ought to be known. */
    void note(Check check, String what, long times) {
        count(check).notes.merge(what, times, Long::sum);
    }

    /** The check could not be made here for this record: no failure of the log, but nothing that holds either. */
    void leftOpen(Check check, String why) {
        count(check).open++;
        note(check, why);
    }

    Report report(Extent extent, long records) {
        List<Report.Result> results = counts.entrySet().stream()
                .map(entry -> new Report.Result(
                        entry.getKey(),
                        entry.getValue().examined,
                        entry.getValue().failed,
                        entry.getValue().open,
                        entry.getValue().notes.entrySet().stream()
                                .map(note -> "%,d %s".formatted(note.getValue(), note.getKey()))
                                .toList()))
                .toList();
        return new Report(extent, records, results, findings);
    }

    private void fails(Finding finding) {
        count(finding.check()).failed++;
        if (findings.size() < MAX_FINDINGS) {
            findings.add(finding);
        }
    }

    private Count count(Check check) {
        return counts.computeIfAbsent(check, none -> new Count());
    }
}
