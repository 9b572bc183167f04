package dev.mandate.bench.report;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Something that can be measured by itself. */
public interface Workload {

    /** What to call it on the command line. */
    String name();

    /** Measures it. */
    Measured measure(Progress progress);

    /**
     * What came of it.
     *
     * @param tables for people
     * @param json every sample, for programs
     */
    record Measured(List<Table> tables, ObjectNode json) {

        /** Copies the list. */
        public Measured {
            tables = List.copyOf(tables);
        }
    }
}
