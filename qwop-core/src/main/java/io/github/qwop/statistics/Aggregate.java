package io.github.qwop.statistics;

import java.util.Arrays;

/** One figure for many scores. */
public enum Aggregate {
    /** The sum over the count. */
    MEAN {
        @Override
        public double of(Scores scores) {
            double[] all = scores.all();
            return mean(all, 0, all.length);
        }
    },
    /**
     * The mean of the middle half: a quarter of the scores, rounded down, is left out at either end, as SciPy's
     * {@code trim_mean(scores, 0.25)} does. Of 5 scores the middle 3 count, of 4 the middle 2, of 3 or fewer all.
     */
    INTERQUARTILE_MEAN {
        @Override
        public double of(Scores scores) {
            double[] sorted = scores.sorted();
            int cut = sorted.length / 4;
            return mean(sorted, cut, sorted.length - cut);
        }
    },
    /** The one in the middle, or the mean of the two there. */
    MEDIAN {
        @Override
        public double of(Scores scores) {
            double[] sorted = scores.sorted();
            return mean(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
        }
    };

    /** The figure of some scores. */
    public abstract double of(Scores scores);

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).sum() / (to - from);
    }
}
