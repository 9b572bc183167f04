package dev.mandate.bench.report;

import java.util.List;

/**
 * Samples in three numbers.
 *
 * @param median the middle one
 * @param least the smallest
 * @param most the largest
 */
public record Spread(double median, double least, double most) {

    /**
     * Of these samples.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Spread of(List<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("there are no samples");
        }
        var sorted = samples.stream().sorted().toList();
        return new Spread(quantile(sorted, 0.5), sorted.getFirst(), sorted.getLast());
    }

    /** The smallest sample that this share of them does not exceed. */
    public static double quantile(List<Double> sorted, double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index));
    }
}
