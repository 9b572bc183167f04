package dev.mandate.audit.verification;

import dev.mandate.audit.log.Visible;
import dev.mandate.audit.verification.Chains.Digest;
import dev.mandate.audit.verification.Chains.End;
import dev.mandate.audit.verification.Chains.Instance;
import dev.mandate.audit.verification.Chains.Link;
import dev.mandate.contracts.command.Chain;
import dev.mandate.contracts.topic.RecordChecks;
import java.time.Instant;
import java.util.Set;

/**
 * What numbers that are missing from a run mean.
 *
 * <ul>
 *   <li>It has declared that it does not know what became of them: explained.
 *   <li>It went on signing for longer than {@link Chain#PATIENCE}, or ended in order: it had known that they are in the
 *       log, so somebody has taken them out of it. The same without a declaration of an end, where the clock was set
 *       back by more than {@link RecordChecks#SKEW}.
 *   <li>They are among the last that it signed, and it did not end in order: lost on the way when it was killed, or
 *       taken out; from here nobody can tell. Whoever was answered with 202 can, with the receipt.
 *   <li>They are older than some record that retention has removed: removed with it, or taken out; nobody can tell.
 * </ul>
 */
final class Gaps {

    private static final String REMOVED =
            "gap(s) of a time of which retention has removed records: by age, or somebody took them out";

    private final String name;
    private final Instance instance;
    private final Tally tally;
    private final Instant removedUntil;
    private final Instant seenAt;

    Gaps(String name, Instance instance, Tally tally, Instant removedUntil, Instant seenAt) {
        this.name = name;
        this.instance = instance;
        this.tally = tally;
        this.removedUntil = removedUntil;
        this.seenAt = seenAt;
    }

    /** From this number on they are missing up to this record. */
    void before(Link after, long expected) {
        long missing = missing(expected, after.sequence());
        if (missing == 0) {
            return;
        }
        if (!after.appendedAt().isAfter(removedUntil)) {
            tally.leftOpen(Check.CHAINS, REMOVED);
            return;
        }
        boolean livedOn = instance.lastSignedAt.isAfter(
                after.signedAt().plus(Chain.PATIENCE).plus(RecordChecks.SKEW));
        if (livedOn || instance.end != null) {
            fails(
                    after.position().toString(),
                    missing,
                    expected,
                    after.sequence(),
                    "before it, and no declaration explains them.");
        } else if (after.signedAt().plus(RecordChecks.LATENESS).isAfter(seenAt)) {
            tally.note(Check.CHAINS, "number(s) that may still be on their way", missing);
        } else {
            tally.leftOpen(
                    Check.CHAINS,
                    "gap: of " + Visible.text(name) + " numbers from " + expected + " to " + (after.sequence() - 1)
                            + " are missing, among the last before it stopped and did not end in order: lost when it"
                            + " was killed, or taken out of the log");
        }
    }

    /** Up to here nothing is missing that was not spoken of. */
    void atTheEnd(long expected, Set<Digest> last) {
        End end = instance.end;
        if (end == null) {
            return;
        }
        String place = end.position().toString();
        long missing = missing(expected, end.sequence() + 1);
        if (missing > 0 && !end.appendedAt().isAfter(removedUntil)) {
            tally.leftOpen(Check.CHAINS, REMOVED);
        } else if (missing > 0) {
            fails(place, missing, expected, end.sequence() + 1, "although it had ended in order.");
        } else if (expected > end.sequence() + 1) {
            tally.fails(
                    Check.CHAINS,
                    place,
                    "After " + name + " had ended with number " + end.sequence() + ", more was signed in its name.");
        } else if (expected == end.sequence() + 1 && !last.contains(end.hash())) {
            tally.fails(
                    Check.CHAINS,
                    place,
                    "It names another record as the last of " + name + " than the one that is there.");
        }
    }

    private long missing(long from, long before) {
        long declared = instance.declared.stream()
                .filter(number -> number >= from && number < before)
                .count();
        if (declared > 0) {
            tally.note(Check.CHAINS, "gap(s) explained by a send of uncertain fate");
        }
        return Math.max(0, before - from - declared);
    }

    private void fails(String place, long missing, long from, long before, String how) {
        tally.fails(
                Check.CHAINS,
                place,
                "Of " + name + ", " + missing + " number(s) from " + from + " to " + (before - 1) + " are missing "
                        + how);
    }
}
