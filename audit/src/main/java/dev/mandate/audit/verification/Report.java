package dev.mandate.audit.verification;

import dev.mandate.audit.log.Extent;
import java.util.List;

/**
 * What a verification came to.
 *
 * @param extent what was looked at
 * @param records how many records were read
 * @param results one for each check, in their order
 * @param findings what does not hold: the first {@value Tally#MAX_FINDINGS}, in the order in which they were found
 */
public record Report(Extent extent, long records, List<Result> results, List<Finding> findings) {

    /** Copies the lists. */
    public Report {
        results = List.copyOf(results);
        findings = List.copyOf(findings);
    }

    /**
     * What one check came to.
     *
     * @param examined to how much it was applied
     * @param failed for how much of it it does not hold
     * @param open for how much of it that could not be found out here; the notes say why
     * @param notes what else is worth knowing: {@code 2 with time left}
     */
    public record Result(Check check, long examined, long failed, long open, List<String> notes) {

        /** Copies the list. */
        public Result {
            notes = List.copyOf(notes);
        }

        /** Whether the check fails for nothing that it was applied to. */
        public boolean holds() {
            return failed == 0;
        }
    }

    /** Whether everything could be looked at: nothing was decided by a policy or catalogue that is not known here. */
    public boolean isWhole() {
        return results.stream().allMatch(result -> result.open() == 0);
    }

    /** Whether everything holds that could be looked at. */
    public boolean holds() {
        return results.stream().allMatch(Result::holds);
    }
}
