package io.github.qwop.statistics;

import org.jspecify.annotations.Nullable;

/**
 * A figure and how sure it is.
 *
 * @param value the figure
 * @param interval where it is believed to lie; null if it rests on one value, of which nobody can tell
 */
public record Estimate(double value, @Nullable Interval interval) {

    /** Whether all that is believed lies above a value: not so where nothing is known of it. */
    public boolean isSurelyAbove(double limit) {
        return interval != null && interval.low() > limit;
    }

    /** The figure with its sign turned. */
    public Estimate negated() {
        return new Estimate(0 - value, interval == null ? null : new Interval(0 - interval.high(), 0 - interval.low()));
    }
}
