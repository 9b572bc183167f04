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
     * @param unfinished what came to nothing, one sentence each
     */
    record Measured(List<Table> tables, ObjectNode json, List<String> unfinished) {

        /** Copies the lists. */
        public Measured {
            tables = List.copyOf(tables);
            unfinished = List.copyOf(unfinished);
        }

        /** All of it was measured. */
        public Measured(List<Table> tables, ObjectNode json) {
            this(tables, json, List.of());
        }
    }
}
