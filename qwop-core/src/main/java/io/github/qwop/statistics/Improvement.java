package io.github.qwop.statistics;

/** How likely a run of one kind is to be better than a run of another. */
final class Improvement {

    private Improvement() {}

    /**
     * The share of pairs in which the one's score is the higher, a tie being half: Mann and Whitney's U (1947) over the
     * number of pairs, in each stratum, and the mean of all strata.
     */
    static double probability(Scores one, Scores other) {
        double sum = 0;
        for (int i = 0; i < one.strata(); i++) {
            sum += probability(one.sorted(i), other.sorted(i));
        }
        return sum / one.strata();
    }

    /** Both rise, so that one pass over each finds for every score how many lie below and how many equal it. */
    private static double probability(double[] one, double[] other) {
        long halves = 0;
        int below = 0;
        int upTo = 0;
        for (double score : one) {
            while (below < other.length && other[below] < score) {
                below++;
            }
            while (upTo < other.length && other[upTo] <= score) {
                upTo++;
            }
            halves += below + upTo;
        }
        return halves / (2.0 * one.length * other.length);
    }
}
