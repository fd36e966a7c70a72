package io.github.qwop.statistics;

/**
 * Where a figure is believed to lie.
 *
 * @param low lower end, in the figure's unit
 * @param high upper end, at least {@code low}
 */
public record Interval(double low, double high) {

    /** Checks the order. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("An interval from " + low + " to " + high + " is none.");
        }
    }

    /** Whether a value lies in it, its ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
