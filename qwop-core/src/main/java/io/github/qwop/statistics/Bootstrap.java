package io.github.qwop.statistics;

import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by the stratified percentile bootstrap (Efron, 1979), as Agarwal and others, "Deep Reinforcement Learning
 * at the Edge of the Statistical Precipice", 2021, recommend for few runs: scores are drawn anew within each stratum,
 * the figure is worked out again, and the interval lies between two percentiles of what comes out.
 *
 * <p>The same seed and scores give the same interval. Of few runs the interval is too narrow: it knows no scores but
 * those that were reached.
 *
 * @param seed of the draws
 * @param resamples how often, at least {@value #FEWEST}
 * @param level what the interval shall cover, such as 0.95
 */
public record Bootstrap(long seed, int resamples, double level) {

    /** Below, a percentile of 2.5 is hardly defined. */
    public static final int FEWEST = 100;

    /** 95 % over 10,000 draws. */
    public static final Bootstrap USUAL = new Bootstrap(1, 10_000, 0.95);

    /** 95 % over 2,000 draws, for the bands of a picture. */
    public static final Bootstrap DRAWN = new Bootstrap(1, 2_000, 0.95);

    /** Checks every value. */
    public Bootstrap {
        if (resamples < FEWEST) {
            throw new IllegalArgumentException("resamples is " + resamples + ": give at least " + FEWEST + ".");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level is " + level + ": give a share between 0 and 1, such as 0.95.");
        }
    }

    /** The same draws for another level. */
    public Bootstrap at(double other) {
        return new Bootstrap(seed, resamples, other);
    }

    /** An aggregate and its interval. */
    public Estimate estimate(Aggregate aggregate, Scores scores) {
        return new Estimate(aggregate.of(scores), scores.tellsChance() ? interval(scores, aggregate::of) : null);
    }

    /** By how much the one's aggregate is above the other's, whose scores are drawn for themselves. */
    public Estimate difference(Aggregate aggregate, Scores one, Scores other) {
        return compared(one, other, (mine, theirs) -> aggregate.of(mine) - aggregate.of(theirs));
    }

    /**
     * The probability that a run of the one is above a run of the other, 0 to 1: 0.5 where neither is, a tie being half
     * (Mann and Whitney, 1947).
     *
     * @throws IllegalArgumentException if they have not as many strata
     */
    public Estimate probabilityOfImprovement(Scores one, Scores other) {
        if (one.strata() != other.strata()) {
            throw new IllegalArgumentException("Scores in " + one.strata() + " strata are not compared with scores in "
                    + other.strata() + ": give both the same strata.");
        }
        return compared(one, other, Improvement::probability);
    }

    /**
     * A profile over thresholds, with a band for each.
     *
     * @param thresholds in the scores' unit
     */
    public Profile profile(Scores scores, double[] thresholds) {
        List<Profile.At> points = new ArrayList<>();
        double[][] drawn = new double[thresholds.length][scores.tellsChance() ? resamples : 0];
        RandomStream random = RandomStream.of(seed, "bootstrap");
        for (int draw = 0; scores.tellsChance() && draw < resamples; draw++) {
            double[] sorted = scores.resampled(random).sorted();
            for (int i = 0; i < thresholds.length; i++) {
                drawn[i][draw] = shareAbove(sorted, thresholds[i]);
            }
        }
        for (int i = 0; i < thresholds.length; i++) {
            points.add(new Profile.At(
                    thresholds[i],
                    shareAbove(scores.sorted(), thresholds[i]),
                    scores.tellsChance() ? percentiles(drawn[i]) : null));
        }
        return new Profile(points);
    }

    private static double shareAbove(double[] sorted, double threshold) {
        int above = sorted.length;
        while (above > 0 && sorted[above - 1] > threshold) {
            above--;
        }
        return (sorted.length - above) / (double) sorted.length;
    }

    private interface Comparison {
        double of(Scores one, Scores other);
    }

    private Estimate compared(Scores one, Scores other, Comparison comparison) {
        double value = comparison.of(one, other);
        if (!one.tellsChance() || !other.tellsChance()) {
            return new Estimate(value, null);
        }
        RandomStream others = RandomStream.of(seed, "bootstrap-other");
        return new Estimate(value, interval(one, drawn -> comparison.of(drawn, other.resampled(others))));
    }

    private Interval interval(Scores scores, ToDoubleFunction<Scores> figure) {
        RandomStream random = RandomStream.of(seed, "bootstrap");
        double[] figures = new double[resamples];
        for (int draw = 0; draw < resamples; draw++) {
            figures[draw] = figure.applyAsDouble(scores.resampled(random));
        }
        return percentiles(figures);
    }

    private Interval percentiles(double[] figures) {
        Arrays.sort(figures);
        double tail = (1 - level) / 2;
        return new Interval(percentile(figures, tail), percentile(figures, 1 - tail));
    }

    /** Between two neighbours in a straight line, as NumPy's default is. */
    private static double percentile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
