package io.github.qwop.statistics;

import io.github.qwop.random.RandomStream;
import java.util.Arrays;

/**
 * What some runs reached, a number each, in strata: runs of one task, or of one setting, are a stratum, and chance is
 * the chance within one. The order of the runs in a stratum does not matter to anything.
 */
public final class Scores {

    /** By stratum; what was given rises, what was drawn stands as it was drawn. */
    private final double[][] strata;

    private Scores(double[][] strata) {
        this.strata = strata;
    }

    /**
     * Scores of runs that differ in their seed alone: one stratum.
     *
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static Scores of(double... runs) {
        return stratified(new double[][] {runs});
    }

    /**
     * Scores of runs in strata.
     *
     * @param strata by stratum; all have the same weight for each of their runs
     * @throws IllegalArgumentException if there is none, one is empty, or a score is not finite
     */
    public static Scores stratified(double[][] strata) {
        if (strata.length == 0) {
            throw new IllegalArgumentException("Scores need at least one stratum.");
        }
        double[][] sorted = new double[strata.length][];
        for (int i = 0; i < strata.length; i++) {
            sorted[i] = strata[i].clone();
            Arrays.sort(sorted[i]);
            if (sorted[i].length == 0) {
                throw new IllegalArgumentException("Each stratum needs at least one score.");
            }
            for (double score : sorted[i]) {
                if (!Double.isFinite(score)) {
                    throw new IllegalArgumentException("A score is " + score + ": scores are finite.");
                }
            }
        }
        return new Scores(sorted);
    }

    /** How many runs there are. */
    public int count() {
        return Arrays.stream(strata).mapToInt(stratum -> stratum.length).sum();
    }

    /** Every score, in no particular order; not to be written to. */
    double[] all() {
        return strata.length == 1
                ? strata[0]
                : Arrays.stream(strata).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Every score, rising. */
    public double[] sorted() {
        double[] all = all().clone();
        Arrays.sort(all);
        return all;
    }

    /** Whether each stratum has several runs, without which nothing can be said of chance. */
    public boolean tellsChance() {
        return Arrays.stream(strata).allMatch(stratum -> stratum.length > 1);
    }

    int strata() {
        return strata.length;
    }

    /** The scores of a stratum, rising. */
    double[] sorted(int stratum) {
        double[] sorted = strata[stratum].clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** As many scores drawn with replacement from each stratum. */
    Scores resampled(RandomStream random) {
        double[][] drawn = new double[strata.length][];
        for (int i = 0; i < strata.length; i++) {
            double[] from = strata[i];
            drawn[i] = new double[from.length];
            for (int j = 0; j < from.length; j++) {
                drawn[i][j] = from[random.nextInt(from.length)];
            }
        }
        return new Scores(drawn);
    }
}
