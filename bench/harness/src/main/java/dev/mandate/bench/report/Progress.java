package dev.mandate.bench.report;

import java.io.PrintStream;

/** Says what is being done: in one line that changes at a terminal, in a line for each phase elsewhere. */
public final class Progress {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private String phase = "";

    /**
     * Says it here.
     *
     * @param terminal whether a line can be written over
     */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Something else begins. */
    public void phase(String what) {
        phase = what;
        if (terminal) {
            now("");
        } else {
            out.println(what);
        }
    }

    /** How far it is. */
    public void now(String detail) {
        if (terminal) {
            out.print(CLEAR_LINE + "\033[2m" + phase + (detail.isEmpty() ? "" : ": " + detail) + " …\033[0m");
            out.flush();
        }
    }

    /** Something is known that is worth keeping, whatever comes of the rest. */
    public void note(String what) {
        clear();
        out.println("  " + what);
    }

    /** Leaves a clean line. */
    public void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
