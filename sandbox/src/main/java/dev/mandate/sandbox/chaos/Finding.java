package dev.mandate.sandbox.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What looking for violations of a property has brought up.
 *
 * @param looked what was looked at, in numbers
 * @param violations each in one line
 */
record Finding(String looked, List<String> violations) {

    /** Copies the list. */
    Finding {
        violations = List.copyOf(violations);
    }

    boolean holds() {
        return violations.isEmpty();
    }

    /** Collects violations. */
    static final class Search {

        private final List<String> violations = new ArrayList<>();

        /** Notes a violation unless something is so. */
        void expect(boolean so, String violation, Object... details) {
            if (!so) {
                violations.add(violation.formatted(details));
            }
        }

        Finding of(String looked, Object... numbers) {
            return new Finding(looked.formatted(numbers), violations);
        }
    }
}
