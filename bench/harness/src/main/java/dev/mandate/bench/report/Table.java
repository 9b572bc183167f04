package dev.mandate.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: columns as wide as what is in them, numbers to the right.
 *
 * @param title above it
 * @param header the columns' names; the first column is text, the others numbers
 * @param rows the lines, the first of which is Mandate's own
 * @param remark below it; may be empty
 */
public record Table(String title, List<String> header, List<List<String>> rows, String remark) {

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String OURS = "1;36";

    /** Copies the lists. */
    public Table {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /**
     * Prints it.
     *
     * @param terminal whether colours are welcome
     */
    public void print(PrintStream out, boolean terminal) {
        var widths = widths();
        out.printf("%n%s%n%n", style(terminal, BOLD, title));
        out.println("  " + style(terminal, DIM, line(header, widths)));
        if (!terminal) {
            out.println("  "
                    + "-".repeat(widths.stream().mapToInt(width -> width + 2).sum() - 2));
        }
        for (int i = 0; i < rows.size(); i++) {
            var line = line(rows.get(i), widths);
            out.println("  " + (i == 0 ? style(terminal, OURS, line) : line));
        }
        if (!remark.isEmpty()) {
            out.printf("%n  %s%n", style(terminal, DIM, remark));
        }
    }

    private List<Integer> widths() {
        var widths = new ArrayList<Integer>();
        for (int column = 0; column < header.size(); column++) {
            int width = header.get(column).length();
            for (var row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        return widths;
    }

    private static String line(List<String> cells, List<Integer> widths) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            var cell = cells.get(column);
            var room = " ".repeat(widths.get(column) - cell.length());
            line.append(column == 0 ? cell + room : "  " + room + cell);
        }
        return line.toString();
    }

    private static String style(boolean terminal, String code, String text) {
        return terminal ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
