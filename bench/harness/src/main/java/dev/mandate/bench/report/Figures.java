package dev.mandate.bench.report;

import java.util.Locale;

/** Writes numbers as people read them. */
public final class Figures {

    private Figures() {}

    /** Three significant digits, and a comma between thousands. */
    public static String of(double value) {
        double size = Math.abs(value);
        var format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    /** The median, and the range in brackets. */
    public static String of(Spread spread) {
        return of(spread.median()) + " (" + of(spread.least()) + "–" + of(spread.most()) + ")";
    }

    /** A part of one, in per cent. */
    public static String share(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value * 100);
    }

    /** How many times as much one is as the other. */
    public static String ratio(double value, double base) {
        return base == 0 ? "–" : String.format(Locale.ROOT, "%.2f×", value / base);
    }
}
