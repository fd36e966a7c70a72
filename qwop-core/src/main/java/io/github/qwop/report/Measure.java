package io.github.qwop.report;

import io.github.qwop.run.study.Objective;
import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Interval;

/**
 * How an objective's figures are read.
 *
 * @param name what it is, as a sentence's part
 * @param factor from the figure to what is shown
 * @param decimals that are shown
 * @param unit behind the figure
 */
record Measure(String name, double factor, int decimals, String unit) {

    static Measure of(Objective objective) {
        return switch (objective) {
            case DISTANCE -> new Measure("mean distance", 1, 1, "m");
            case FINISH_RATE -> new Measure("share of episodes that are finished", 100, 0, "%");
            case SECONDS -> new Measure("mean time of the episodes that are finished", 1, 2, "s");
            case AREA_UNDER_CURVE -> new Measure("mean distance over the whole training", 1, 1, "m");
        };
    }

    /** The name of an axis. */
    String axis() {
        return name + ", " + unit;
    }

    String figure(double value) {
        return Figures.of(factor * value, decimals, unit);
    }

    String signed(double value) {
        return Figures.signed(factor * value, decimals, unit);
    }

    /** An interval, with signs where it is one of differences. */
    String range(Interval interval, boolean signed) {
        return signed
                ? Figures.signed(factor * interval.low(), decimals, "") + " to " + signed(interval.high())
                : Figures.of(factor * interval.low(), decimals, "") + " to " + figure(interval.high());
    }

    /** The same figure as it is shown. */
    Estimate scaled(Estimate estimate) {
        Interval interval = estimate.interval();
        return new Estimate(
                factor * estimate.value(),
                interval == null ? null : new Interval(factor * interval.low(), factor * interval.high()));
    }
}
